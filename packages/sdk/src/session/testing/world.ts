import { type Element, el, NS } from '@meerkat-chat/xmpp';
import type { Readable } from '../../readable.js';
import { createXmppSession } from '../create-session.js';
import { type LazyParts, ON_DEMAND } from '../lazy-parts.js';
import type { SessionOptions } from '../session.js';
import type { XmppSession } from '../xmpp-session.js';
import { FakePlatform } from './fake-platform.js';
import { FakeServer } from './fake-server.js';

/** A page with a session in it, and what it has heard. */
export interface World {
  readonly platform: FakePlatform;
  readonly server: FakeServer;
  readonly session: XmppSession;
  /** Bodies of messages that came. */
  readonly heard: string[];
  readonly onlines: Parameters<Parameters<XmppSession['onOnline']>[0]>[0][];
}

/** A page that is not started yet. */
export function world(
  options: SessionOptions = { server: 'https://chat.example', domain: 'server.example' },
  platform: FakePlatform = new FakePlatform(),
  server: FakeServer = new FakeServer(),
  parts: LazyParts = ON_DEMAND,
): World {
  platform.serve = server.accept;
  const session = createXmppSession(options, platform, parts);
  const heard: string[] = [];
  const onlines: World['onlines'] = [];
  session.onStanza((stanza) => heard.push(bodyOf(stanza)));
  session.onOnline((how) => onlines.push(how));
  return { platform, server, session, heard, onlines };
}

/** Waits for the event that makes it true. */
export function until<T>(readable: Readable<T>, wanted: (value: T) => boolean): Promise<T> {
  if (wanted(readable.value)) return Promise.resolve(readable.value);
  return new Promise((resolve) => {
    const off = readable.subscribe((value) => {
      if (!wanted(value)) return;
      off();
      resolve(value);
    });
  });
}

export const online = (session: XmppSession): Promise<unknown> =>
  until(session.status, ({ state }) => state === 'online');

/** Lets everything run that needs no time and no threads. */
export async function idle(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await null;
}

/** Lets time pass, and what is said meanwhile arrive. */
export async function pass(platform: FakePlatform, span: number): Promise<void> {
  for (let left = span; left > 0; left -= 500) {
    platform.clock.advance(Math.min(500, left));
    await idle();
  }
}

export function message(body: string): Element {
  return el('message', NS.client, { to: 'x@server.example' }, el('body', NS.client, {}, body));
}

function bodyOf(stanza: Element): string {
  const [body] = stanza.children;
  return typeof body === 'object' ? String(body.children[0]) : '';
}
