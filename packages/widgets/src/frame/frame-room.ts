import type { ChatMessageEvent, ChatStatusEvent } from '../chat-room/chat-room.events.js';
import { type Condition, conditionOf } from '../chat-room/condition.js';
import { pageSessions } from '../connect.js';
import type { Surroundings } from '../runtime.js';
import { accessBar } from './access-bar.js';
import { FrameSession, type SignedRoom, sessionServer } from './frame-session.js';
import { PageLink } from './page-link.js';
import type { FrameStatus } from './protocol.js';

/** How long the room may take to be reached before the page says that something holds it up, in ms. */
const HELD_UP = 15_000;
/** A room in which nothing has been said is so high, in px. */
const LEAST = 320;

/** A condition in the word that the page around us gets. */
export function statusOf(condition: Condition): FrameStatus {
  switch (condition.kind) {
    case 'fine':
      return 'online';
    case 'waiting':
      return condition.lost ? 'reconnecting' : 'connecting';
    case 'offline':
    case 'refused':
      return condition.kind;
  }
}

/** Ties the page of a framed room to the page around it, as long as it lives. To be called before `<chat-room>` is. */
export function frameRoom(document: Document, clock: Surroundings['clock']): void {
  const view = document.defaultView;
  const held = document.querySelector<HTMLElement>('.held');
  if (!view) return;
  const root = document.documentElement;
  const room = document.querySelector<HTMLElementTagNameMap['chat-room']>('chat-room');
  const link = new PageLink({
    post: (message, target) => {
      if (view.parent !== view) view.parent.postMessage(message, target);
    },
    readers: root.dataset.readers?.split(' ') ?? [],
    tokenOrigins: root.dataset.tokenOrigins?.split(' ') ?? [],
    after: (delay, run) => clock.after(delay, run),
    cover: ({ top, bottom }) => {
      root.style.setProperty('--inset-top', `${top}px`);
      root.style.setProperty('--inset-bottom', `${bottom}px`);
    },
    signedOut: () => {
      for (const { chat } of pageSessions.made) if (chat.me.value?.guest === false) void chat.signOut();
    },
    proved: (answer) => room?.prove(answer),
  });
  view.addEventListener('message', (event) => {
    if (event.source === view.parent) link.hear(event);
  });

  const { session: account } = root.dataset;
  let session: FrameSession | undefined;
  if (room && (room.getAttribute('auth') === 'token' || account)) {
    // Before the element knows what it is: it asks when it needs one.
    room.getToken = () => link.token();
    const signed: SignedRoom = {
      get auth() {
        return room.getAttribute('auth') === 'cookie' ? 'cookie' : 'token';
      },
      set auth(by) {
        room.setAttribute('auth', by);
      },
    };
    session = new FrameSession(signed, link, sessionServer, account);
  }

  const access = accessBar(document, () => {
    // Another session: the element tries the cookie once, and has been a guest since.
    room?.setAttribute('auth', 'guest');
    const stop = clock.after(0, () => room?.setAttribute('auth', 'cookie'));
    view.addEventListener('pagehide', stop, { once: true });
  });

  const hold = (hidden: boolean): void => {
    if (held) held.hidden = hidden;
  };
  const stopWaiting = clock.after(HELD_UP, () => hold(false));
  root.addEventListener('chat-status', ({ chat, room }: ChatStatusEvent) => {
    const status = statusOf(conditionOf(chat, room));
    link.status(status);
    link.proof(chat.state === 'refused' && chat.reason === 'proof');
    if (chat.state === 'online') void session?.online();
    if (chat.state === 'closed') session?.closed();
    if (chat.state === 'refused' && chat.reason === 'not-authorized') {
      session?.refused();
      void access?.missing();
    }
    // Any other answer is one, and who is offline is told so by the element.
    if (status === 'connecting' || status === 'reconnecting') return;
    stopWaiting();
    hold(true);
  });
  root.addEventListener('chat-message', ({ message }: ChatMessageEvent) => {
    link.message({ id: message.key, own: message.own, nick: message.nick, text: message.text });
  });

  let [inView, shown] = [true, document.visibilityState === 'visible'];
  new IntersectionObserver(([entry]) => {
    inView = entry?.isIntersecting ?? inView;
    link.seen(inView && shown);
  }).observe(root);
  document.addEventListener('visibilitychange', () => {
    shown = document.visibilityState === 'visible';
    link.seen(inView && shown);
  });

  void view.customElements.whenDefined('chat-room').then(() => watchHeight(document, link));
}

/** Tells how high the room would have to be for nothing to be scrolled. */
async function watchHeight(document: Document, link: PageLink): Promise<void> {
  const element = document.querySelector<HTMLElement & { updateComplete?: Promise<unknown> }>('chat-room');
  await element?.updateComplete;
  const list = element?.shadowRoot?.querySelector<HTMLElement>('[part~="list"]');
  if (!element || !list) return;
  const children = [...list.children] as HTMLElement[];
  const measure = (): void => {
    const { paddingTop, paddingBottom } = getComputedStyle(list);
    const content = children.reduce((sum, child) => sum + child.offsetHeight, 0);
    const all = content + Number.parseFloat(paddingTop) + Number.parseFloat(paddingBottom);
    link.height(Math.max(LEAST, element.offsetHeight - list.clientHeight + all));
  };
  const sizes = new ResizeObserver(measure);
  for (const child of children) sizes.observe(child);
  measure();
}
