import type { Chat } from '@meerkat-chat/sdk';
import { html, nothing, type TemplateResult } from 'lit';
import type { Shown } from '../connect.js';
import { Lazy } from '../lazy.js';
import type { Explanations } from '../locales/en.js';
import type { ChatRoom } from './chat-room-element.js';
import { type Condition, conditionOf } from './condition.js';
import type { Notice, Who } from './explain.js';
import { addStyles } from './late-styles.js';
import type { RefusalView } from './refusal.js';

/** What a standing needs of the element around it. */
export type StandingHost = Pick<ChatRoom, 'readOnly' | 'renderRoot' | 'requestUpdate' | 'strings'>;

/** And beside it. */
export interface StandingHooks {
  /** The words for refusals. */
  readonly explanations: () => Promise<Explanations>;
  /** Who the person is to the site around; see `explain`. */
  readonly who: () => Who;
}

interface Explainer {
  readonly part: typeof import('./refusal.js');
  readonly words: Explanations;
}

/** Where one is: in a room, or why there is none. `page`: it names none; `site`: it does not say who one is. */
export type Place = { readonly chat: Chat; readonly room: Shown } | 'page' | 'site' | undefined;

/** Where one stands with the room: in it, on the way, or refused, and then why. */
export class Standing {
  readonly #host: StandingHost;
  readonly #hooks: StandingHooks;
  #condition: Condition = { kind: 'waiting', lost: false };
  #notice: Notice | undefined;
  #wasIn = false;
  #explain: Lazy<Explainer>;

  constructor(host: StandingHost, hooks: StandingHooks) {
    this.#host = host;
    this.#hooks = hooks;
    this.#explain = this.#explainer();
  }

  get condition(): Condition {
    return this.#condition;
  }

  /** Whether this page has been in the room: what it never had, it cannot have lost. */
  get wasIn(): boolean {
    return this.#wasIn;
  }

  /** Another room. */
  reset(): void {
    this.#wasIn = false;
  }

  /** The words have changed: they are loaded anew when needed. */
  reword(): void {
    this.#explain = this.#explainer();
  }

  /**
   * Judges where one stands now; answers with what is to be said of it aloud.
   * @param place undefined before there is one, else why there is none
   */
  judge(place: Place): readonly string[] {
    const before = { condition: this.#condition, notice: this.#notice };
    this.#condition = judged(place);
    if (before.condition.kind !== this.#condition.kind && this.#explain.failed) this.#explain.retry();
    this.#notice = this.#explained();
    const said = tellOf(before.condition, this.#condition, this.#host, this.#wasIn);
    if (this.#condition.kind === 'fine') this.#wasIn = true;
    const notice = this.#notice && !before.notice ? [`${this.#notice.title} ${this.#notice.advice}`] : [];
    return [...(said === undefined ? [] : [said]), ...notice];
  }

  /** The refusal as it is shown; nothing while that is being loaded. */
  render(view: Omit<RefusalView, 'notice'>): TemplateResult | typeof nothing {
    const notice = this.#notice;
    if (!notice || this.#condition.kind !== 'refused') return nothing;
    const explain = this.#explain.value;
    if (explain) return explain.part.refusal({ ...view, notice });
    const remedy = this.#condition.cause.by === 'room' ? 'join' : 'retry';
    return html`<div class="line" part="notice">
      <p>${notice.title} ${notice.advice}</p>
      <button class="primary" type="button" @click=${() => view.onRemedy(remedy)}>${notice.action}</button>
    </div>`;
  }

  #explained(): Notice | undefined {
    if (this.#condition.kind !== 'refused') return undefined;
    const { strings, renderRoot } = this.#host;
    const explain = this.#explain.value;
    if (explain) {
      addStyles(renderRoot, explain.part.refusalStyles);
      return explain.part.explain(this.#condition.cause, strings, explain.words, this.#hooks.who());
    }
    return this.#explain.failed ? { ...strings.unexplained, action: strings.tryAgain } : undefined;
  }

  /** Loaded when something is refused, which few ever see. */
  #explainer(): Lazy<Explainer> {
    return new Lazy(
      async () => {
        const [part, words] = await Promise.all([import('./refusal.js'), this.#hooks.explanations()]);
        return { part, words };
      },
      () => this.#host.requestUpdate(),
    );
  }
}

/** What is said of being offline: who only reads has nothing that waits. */
export function offlineLine({ readOnly, strings }: Pick<ChatRoom, 'readOnly' | 'strings'>): string {
  return readOnly ? strings.offlineToRead : strings.offline;
}

function judged(place: Place): Condition {
  if (typeof place === 'string') return { kind: 'refused', cause: { by: place } };
  return place
    ? conditionOf(place.chat.status.value, place.room.status.value)
    : { kind: 'waiting', lost: false };
}

/** What a change of condition is worth saying aloud. */
function tellOf(before: Condition, now: Condition, host: StandingHost, wasIn: boolean): string | undefined {
  if (now.kind === 'offline') return before.kind === 'offline' ? undefined : offlineLine(host);
  if (!wasIn) return undefined;
  const wasLost = before.kind === 'offline' || (before.kind === 'waiting' && before.lost);
  if (now.kind === 'waiting') return now.lost && !wasLost ? host.strings.reconnecting : undefined;
  return wasLost ? host.strings.online : undefined;
}
