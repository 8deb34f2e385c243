import {
  child,
  childText,
  decodeMucUser,
  type Element,
  encodeMucAdmin,
  MUC_STATUS,
  type MucItem,
  NS,
  parseFullJid,
  presenceEl,
  requestEl,
  resourceOf,
} from '@meerkat-chat/xmpp';
import { SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test } from 'vitest';
import type { FakeSession } from '../../testing/fake-session.js';
import { at, createRoomScene, type RoomScene } from '../../testing/room-scene.js';

/** What a client believes of the room, by nothing but what it was sent. */
class View {
  readonly session: FakeSession;
  readonly nicks = new Map<string, string>();
  /** Live messages since the last join. */
  said: string[] = [];
  self: string | undefined;

  constructor(session: FakeSession) {
    this.session = session;
  }

  read(): void {
    for (const stanza of this.session.takes()) {
      const from = parseFullJid(stanza.attrs.from ?? '');
      if (from === undefined || stanza.attrs.type === 'error') continue;
      if (stanza.name === 'presence') this.#presence(stanza, resourceOf(from));
      const body = childText(stanza, 'body');
      if (body !== undefined && !child(stanza, 'delay', NS.delay)) this.said.push(body);
    }
  }

  #presence(stanza: Element, nick: string): void {
    const { statuses, item } = decodeMucUser(stanza) ?? { statuses: [] };
    const own = statuses.includes(MUC_STATUS.self);
    if (stanza.attrs.type !== 'unavailable') {
      this.nicks.set(nick, item?.role ?? '');
      if (own) this.self = nick;
      return;
    }
    // Each leaving is told of somebody who was there, and only once.
    expect(this.nicks.delete(nick), `${nick} left twice`).toBe(true);
    if (!own || statuses.includes(MUC_STATUS.nickChange)) return;
    this.self = undefined;
    this.nicks.clear();
    this.said = [];
  }
}

async function act(
  scene: RoomScene,
  views: readonly View[],
  random: SeededRandom,
  step: number,
): Promise<void> {
  const pick = <T>(list: readonly T[]): T => {
    const chosen = list[Math.floor(random.number() * list.length)];
    if (chosen === undefined) throw new Error('nothing to pick from');
    return chosen;
  };
  const { session } = pick(views);
  const rule = async (item: MucItem) =>
    void (await session.sends(
      requestEl({ to: scene.room, id: `${step}`, type: 'set' }, encodeMucAdmin([item])),
    ));
  const nick = pick(['ann', 'bob', 'cy', 'dee', 'eve', 'Ann', 'b0b']);
  switch (pick(['join', 'join', 'say', 'say', 'leave', 'nick', 'kick', 'voice'])) {
    case 'join':
      return scene.join(session, nick);
    case 'say':
      return scene.says(session, `${step}`);
    case 'leave':
      return void (await session.sends(presenceEl({ to: at(nick), type: 'unavailable' })));
    case 'nick':
      return void (await session.sends(presenceEl({ to: at(nick) })));
    case 'kick':
      return rule({ nick, role: 'none' });
    default:
      return rule({ nick, role: pick(['visitor', 'participant']) });
  }
}

describe('what clients believe', () => {
  test.each(Array.from({ length: 40 }, (_, n) => n + 1))('agrees at the end, seed %i', async (seed) => {
    const random = new SeededRandom(seed);
    const scene = await createRoomScene({ createdPerMinute: 1000 });
    // Two sessions of one account among them, and guests.
    const addresses = ['a@localhost/1', 'a@localhost/2', 'b@localhost/1', 'c@localhost/1', 'd@localhost/1'];
    const views = addresses.map(
      (address, n) => new View(scene.kernel.bind(address, n > 3 ? 'guest' : 'user')),
    );
    const pending: Promise<void>[] = [];
    for (let step = 0; step < 80; step++) {
      const done = act(scene, views, random, step);
      // Some wait for what they have asked, others go on while the room is still being read.
      if (random.number() < 0.5) await done;
      else pending.push(done);
      if (random.number() < 0.3) for (const view of views) view.read();
    }
    await Promise.all(pending);
    for (const view of views) view.read();
    const here = views.filter(({ self }) => self !== undefined);
    const truth = [...new Set(here.map(({ self }) => self))].sort();
    for (const view of here) expect([...view.nicks.keys()].sort(), view.session.jid).toEqual(truth);
    for (const view of here) expect([...view.nicks].sort()).toEqual([...(here[0]?.nicks ?? [])].sort());
    // Everybody has heard the end of the same talk, in the same order.
    const longest = here.map(({ said }) => said).sort((x, y) => y.length - x.length)[0] ?? [];
    for (const { said } of here) expect(said).toEqual(longest.slice(longest.length - said.length));
    for (const { session } of views) session.end('closed');
    expect(scene.kernel.stats()).toMatchObject({ 'muc.sessions': 0 });
  });
});
