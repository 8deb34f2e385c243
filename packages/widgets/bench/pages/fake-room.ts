// <chat-room> on the SDK's fake chat: all of the element, and no network.
import { type FakeChatOptions, fakeChat } from '@meerkat-chat/sdk/testing';
import type { ChatRoom } from '../../src/chat-room/chat-room.js';
import '../../src/chat-room/chat-room.js';
import { flood } from './flood.js';
import { frames, startMeter } from './meter.js';

const element = document.querySelector('chat-room') as ChatRoom;

/** What the runner calls. */
const bench = {
  async begin(options: FakeChatOptions): Promise<void> {
    element.chat = fakeChat(options);
    await frames(10);
  },
  async flood(load: { readonly rate: number; readonly seconds: number }) {
    const room = fake();
    const meter = startMeter();
    const done = await flood(load, ({ nick, text }) => room.receive({ nick, text, at: Date.now() }));
    const records = meter.stop();
    await frames(5);
    return { ...done, ...records, ...shown() };
  },
  /** Scrolls up, lets messages come, and tells how far the first row in view has moved (px, the farthest). */
  async drift({ appends, at }: { readonly appends: number; readonly at: number }): Promise<number> {
    const room = fake();
    const view = inside('.view');
    view.scrollTop = at;
    await frames(3);
    const edge = view.getBoundingClientRect().top;
    const anchor = rows().find((row) => row.getBoundingClientRect().bottom > edge);
    if (!anchor) throw new Error('nothing is in view');
    const from = anchor.getBoundingClientRect().top;
    let farthest = 0;
    await flood({ rate: 200, seconds: appends / 200 }, ({ nick, text }) => {
      room.receive({ nick, text, at: Date.now() });
      // Before the flush of this frame, what the one before it has painted.
      const moved = anchor.isConnected ? Math.abs(anchor.getBoundingClientRect().top - from) : Infinity;
      farthest = Math.max(farthest, moved);
    });
    await frames(3);
    return Math.max(farthest, Math.abs(anchor.getBoundingClientRect().top - from));
  },
};

function fake() {
  return (element.chat as ReturnType<typeof fakeChat>).room('bench');
}

function inside(selector: string): HTMLElement {
  const found = element.shadowRoot?.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`there is no ${selector}`);
  return found;
}

function rows(): readonly HTMLElement[] {
  return [...inside('.rows').children] as HTMLElement[];
}

function shown() {
  const view = inside('.view');
  return { rows: rows().length, gap: view.scrollHeight - view.clientHeight - view.scrollTop };
}

Object.assign(globalThis, { bench });
