import { html, nothing, type TemplateResult } from 'lit';
import type { ChatDraftEvent, ChatMessageEvent } from '../chat-room/chat-room.events.js';
import type { ChatRoom } from '../chat-room/chat-room-element.js';
import { addStyles } from '../chat-room/late-styles.js';
import type { BoxStrings } from '../locales/en-box.js';
import type { BoxMemory } from './box-memory.js';
import { boxPanelStyles } from './box-panel.styles.js';
import { closeIcon, minimiseIcon } from './panel-icons.js';
import { RoomMemory } from './room-memory.js';
import { lockScroll } from './scroll-lock.js';
import { type VisiblePart, watchVisible } from './viewport-fit.js';

/** How a panel stands: beside the page, or as a sheet over all of it. */
export type PanelStand = 'beside' | 'not' | 'sheet';

/** What a panel hears and tells. */
export interface PanelHooks {
  /** The person wants to be without it. */
  readonly leave: (state: 'closed' | 'minimised') => void;
  readonly onMessage: (event: ChatMessageEvent) => void;
}

/** What is shown in it, in the words of `<chat-room>`. */
export type PanelRoom = Pick<
  ChatRoom,
  | 'auth'
  | 'chat'
  | 'getToken'
  | 'label'
  | 'nick'
  | 'room'
  | 'signIn'
  | 'src'
  | 'surroundings'
  | 'theme'
  | 'tokenFrom'
  | 'tokenNonce'
  | 'tokenNonceFrom'
  | 'with'
> & {
  readonly strings: ChatRoom['strings'] | undefined;
};

/** What opens: a dialog around the room, not modal beside the page, modal as a sheet. Loaded with the room. */
export class BoxPanel {
  readonly #root: ShadowRoot;
  readonly #memory: RoomMemory;
  readonly #hooks: PanelHooks;
  readonly #off: () => void;
  #room: ChatRoom | null = null;
  #stand: PanelStand = 'not';
  /** Ends what a sheet has changed outside of it. */
  #sheet: AbortController | undefined;

  constructor(root: ShadowRoot, memory: BoxMemory, hooks: PanelHooks) {
    this.#root = root;
    this.#memory = new RoomMemory(memory);
    this.#hooks = hooks;
    this.#off = this.#memory.watch((text) => {
      if (this.#room) this.#room.draft = text;
    });
    addStyles(root, boxPanelStyles);
  }

  /** Undefined until it is rendered. */
  get dialog(): HTMLDialogElement | undefined {
    return this.#root.querySelector('dialog') ?? undefined;
  }

  render(label: string, strings: BoxStrings, inside: PanelRoom): TemplateResult {
    const { leave } = this.#hooks;
    return html`
      <dialog class="panel" part="panel" tabindex="-1" aria-label=${label}
        @keydown=${this.#onKeyFirst} @cancel=${this.#onCancel} @close=${this.#onClose}>
        <chat-room part="room" .room=${inside.room} .with=${inside.with} .label=${inside.label}
          .density=${inside.with ? 'bubbles' : 'auto'} .src=${inside.src} .nick=${inside.nick} .theme=${inside.theme}
          .auth=${inside.auth} .tokenFrom=${inside.tokenFrom} .tokenNonce=${inside.tokenNonce} .tokenNonceFrom=${inside.tokenNonceFrom}
          .signIn=${inside.signIn}
          .getToken=${inside.getToken} .chat=${inside.chat} .strings=${inside.strings ?? nothing} .surroundings=${inside.surroundings}
          @chat-message=${this.#hooks.onMessage} @chat-draft=${this.#onDraft}><slot name="proof" slot="proof"></slot></chat-room>
        <div class="controls" part="controls">
          <button type="button" aria-label=${strings.minimise} title=${strings.minimise}
            @click=${() => leave('minimised')}>${minimiseIcon}</button>
          <button type="button" aria-label=${strings.close} title=${strings.close}
            @click=${() => leave('closed')}>${closeIcon}</button>
        </div>
      </dialog>
    `;
  }

  /** Gives the room, once it is there, what was kept of it. */
  updated(): void {
    if (this.#room) return;
    this.#room = this.#root.querySelector('chat-room');
    if (!this.#room) return;
    this.#room.draft = this.#memory.draft;
    this.#room.place = this.#memory.place;
  }

  /** See `ChatRoom.prove`. */
  prove(answer: string): void {
    this.#room?.prove(answer);
  }

  /** Keeps where the person reads. */
  keepPlace(): void {
    if (this.#room) this.#memory.place = this.#room.place;
  }

  /** Moves the focus in: to what is written in, except where that would bring up a keyboard. */
  focus(): void {
    this.dialog?.focus({ preventScroll: true });
    const room = this.#room;
    if (!room || room.ownerDocument.defaultView?.matchMedia('(pointer: coarse)').matches) return;
    void room.updateComplete.then(() => room.focus());
  }

  /** Lets go of everything. */
  end(): void {
    this.keepPlace();
    this.stand('not');
    this.#off();
  }

  /** Brings it to how it should stand. The same again changes nothing. */
  stand(wanted: PanelStand): void {
    if (wanted === this.#stand) return;
    const { dialog } = this;
    const before = this.#stand;
    this.#stand = wanted;
    this.#sheet?.abort();
    this.#sheet = undefined;
    if (!dialog) return;
    fitSheet(dialog, undefined);
    if (before === 'sheet') dialog.close();
    // `show()` would move the focus, which nobody has asked for when a page comes with its box open.
    dialog.toggleAttribute('open', wanted === 'beside');
    if (wanted === 'sheet') this.#showSheet(dialog);
  }

  #showSheet(dialog: HTMLDialogElement): void {
    dialog.showModal();
    // The dialog itself takes the focus: its first button is no place to begin, but where Chromium begins.
    dialog.focus({ preventScroll: true });
    this.#sheet = new AbortController();
    const { signal } = this.#sheet;
    signal.addEventListener('abort', lockScroll(dialog.ownerDocument));
    const view = dialog.ownerDocument.defaultView;
    if (!view?.visualViewport) return;
    const { visualViewport } = view;
    watchVisible(
      visualViewport,
      () => view.innerHeight,
      (part) => fitSheet(dialog, part),
      signal,
    );
  }

  readonly #onDraft = ({ text }: ChatDraftEvent): void => {
    this.#memory.draft = text;
  };

  /** The browser would close a sheet with Escape even where something inside of it has used the key. */
  readonly #onKeyFirst = {
    capture: true,
    handleEvent: (event: KeyboardEvent): void => {
      if (event.key === 'Escape') event.preventDefault();
    },
  };

  /** The back gesture of a phone. */
  readonly #onCancel = (event: Event): void => {
    event.preventDefault();
    this.#hooks.leave('minimised');
  };

  /** A browser may close a sheet without asking first. */
  readonly #onClose = (): void => {
    if (this.#stand === 'sheet' && !this.dialog?.open) this.#hooks.leave('minimised');
  };
}

/** Keeps a sheet above the soft keyboard. */
function fitSheet(sheet: HTMLElement, part: VisiblePart | undefined): void {
  sheet.toggleAttribute('data-keyboard', part?.keyboard ?? false);
  for (const [name, value] of [
    ['--_visible-top', part?.top],
    ['--_visible-height', part?.height],
  ] as const) {
    if (value === undefined) sheet.style.removeProperty(name);
    else sheet.style.setProperty(name, `${value}px`);
  }
}
