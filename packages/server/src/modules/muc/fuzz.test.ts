import {
  child,
  childText,
  decodeMucUser,
  decodeRoomOccupants,
  type Element,
  el,
  encodeDataForm,
  encodeMucAdmin,
  MUC_STATUS,
  type MucItem,
  NS,
  PRESENCE_POLICY_FIELD,
  parseFullJid,
  presenceEl,
  type RoomOccupants,
  requestEl,
  resourceOf,
} from '@meerkat-chat/xmpp';
import { SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test } from 'vitest';
import { createClusterScene, quiet } from '../../testing/cluster-scene.js';
import type { FakeSession } from '../../testing/fake-session.js';
import { at, createRoomScene, type RoomScene } from '../../testing/room-scene.js';
import type { TestKernel } from '../../testing/test-kernel.js';
import { PRESENCE_CHOICES, type PresenceChoice } from './presence-policy.js';

/** What a client believes of the room, by nothing but what it was sent. */
class View {
  readonly session: FakeSession;
  readonly nicks = new Map<string, string>();
  /** Live messages since the last join. */
  said: string[] = [];
  self: string | undefined;
  /** What the room said last of everybody in it. */
  crowd: RoomOccupants | undefined;
  /** Who has spoken without being shown. */
  readonly strangers = new Set<string>();
  /** Whose leaving was told. */
  readonly gone = new Set<string>();

  constructor(session: FakeSession) {
    this.session = session;
  }

  read(): void {
    for (const stanza of this.session.takes()) {
      const from = parseFullJid(stanza.attrs.from ?? '');
      if (stanza.attrs.type !== 'error') this.crowd = decodeRoomOccupants(stanza) ?? this.crowd;
      if (from === undefined || stanza.attrs.type === 'error') continue;
      if (stanza.name === 'presence') this.#presence(stanza, resourceOf(from));
      const body = childText(stanza, 'body');
      if (body === undefined || child(stanza, 'delay', NS.delay)) continue;
      this.said.push(body);
      if (!this.nicks.has(resourceOf(from))) this.strangers.add(resourceOf(from));
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
    this.gone.add(nick);
    if (!own || statuses.includes(MUC_STATUS.nickChange)) return;
    this.self = undefined;
    this.nicks.clear();
    this.said = [];
    // Who leaves before it has taken everybody in hears the rest without them.
    this.strangers.clear();
    this.crowd = undefined;
  }
}

type Choice = PresenceChoice | 'changing';
const SMALL = { all: 2, active: 3 };
const SETTINGS: Readonly<Record<Choice, object>> = {
  all: { policy: 'all' },
  active: { policy: 'active' },
  count: { policy: 'count' },
  auto: { policy: 'auto', ...SMALL },
  changing: { policy: 'auto', ...SMALL },
};

/** An owner's request. */
function choose(presence: PresenceChoice): Element {
  const form = encodeDataForm({
    type: 'submit',
    formType: 'http://jabber.org/protocol/muc#roomconfig',
    fields: [{ var: PRESENCE_POLICY_FIELD, values: [presence] }],
  });
  return el('query', NS.mucOwner, {}, form);
}

async function act(
  scene: RoomScene,
  views: readonly View[],
  random: SeededRandom,
  step: number,
  choice: Choice,
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
  const acts = ['join', 'join', 'say', 'say', 'leave', 'nick', 'kick', 'voice', 'moderate'] as const;
  switch (pick(choice === 'changing' ? [...acts, 'policy' as const] : acts)) {
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
    case 'voice':
      return rule({ nick, role: pick(['visitor', 'participant']) });
    case 'moderate':
      return rule({ nick, role: pick(['moderator', 'participant']) });
    case 'policy':
      return void (await session.sends(
        requestEl({ to: scene.room, id: `${step}`, type: 'set' }, choose(pick(PRESENCE_CHOICES))),
      ));
  }
}

/** What each policy promises, compared at the end. */
function judge(views: readonly View[], choice: Choice): void {
  if (choice === 'all' || choice === 'active') {
    // Who speaks was shown first. A message waits for the disk, so they may have gone before somebody came to hear it.
    const gone = new Set(views.flatMap((view) => [...view.gone]));
    for (const { strangers } of views) expect([...strangers].filter((nick) => !gone.has(nick))).toEqual([]);
  }
  const here = views.filter(({ self }) => self !== undefined);
  const truth = new Map(here.map(({ self, nicks }) => [self ?? '', nicks.get(self ?? '')]));
  for (const { nicks, crowd, session } of here) {
    // Nobody who has gone is still believed to be here, and nobody is taken for something else than they are.
    for (const [nick, role] of nicks) expect(truth.get(nick), `${nick} seen by ${session.jid}`).toBe(role);
    const shows = choice === 'auto' || choice === 'changing' ? (crowd?.shows ?? 'all') : choice;
    if (shows === 'all') expect([...nicks.keys()].sort()).toEqual([...truth.keys()].sort());
    else expect(crowd).toEqual({ count: truth.size, shows });
    const moderators = [...truth].filter(([, role]) => role === 'moderator').map(([nick]) => nick);
    if (shows === 'active') expect([...nicks.keys()]).toEqual(expect.arrayContaining(moderators));
  }
}

const CHOICES: readonly Choice[] = ['all', 'active', 'count', 'auto', 'changing'];

/** A room, and the nodes on which sessions may be; it lives on the first. */
async function play(nodes: number, settings: object): Promise<[RoomScene, ...TestKernel[]]> {
  const all = { createdPerMinute: 1000, ...settings };
  if (nodes === 1) {
    const scene = await createRoomScene(all);
    return [scene, scene.kernel];
  }
  const { rooms, a, b } = await createClusterScene(all);
  return [rooms, a, b];
}

describe.each(CHOICES.flatMap((choice) => [[choice, 1] as const, [choice, 2] as const]))(
  'what clients believe under %s, over nodes: %i',
  (choice, count) => {
    const seeds = Array.from({ length: count === 1 ? 40 : 20 }, (_, n) => n + 1);
    test.each(seeds)('agrees at the end, seed %i', async (seed) => {
      const random = new SeededRandom(seed);
      const [scene, ...nodes] = await play(count, { presence: SETTINGS[choice] });
      // Two sessions of one account among them, and guests.
      const addresses = ['a@localhost/1', 'a@localhost/2', 'b@localhost/1', 'c@localhost/1', 'd@localhost/1'];
      const views = addresses.map((address, n) => {
        const node = nodes[n % nodes.length] ?? scene.kernel;
        return new View(node.bind(address, n > 3 ? 'guest' : 'user'));
      });
      const pending: Promise<void>[] = [];
      for (let step = 0; step < 80; step++) {
        const done = act(scene, views, random, step, choice);
        // Some wait for what they have asked, others go on while the room is still being read.
        if (random.number() < 0.5) await done;
        else pending.push(done);
        // Some take presences as they come, others now and then a few.
        for (const { session } of views) {
          session.slow = random.number() < 0.5;
          if (random.number() < 0.3)
            session.pulls(session.slow ? Math.floor(random.number() * 4) : undefined);
        }
        if (random.number() < 0.3) for (const view of views) view.read();
      }
      await Promise.all(pending);
      scene.kernel.clock.advance(2000);
      await quiet();
      for (const { session } of views) {
        session.slow = false;
        session.pulls();
      }
      await quiet();
      for (const view of views) view.read();
      judge(views, choice);
      // Everybody has heard the end of the same talk, in the same order.
      const here = views.filter(({ self }) => self !== undefined);
      const longest = here.map(({ said }) => said).sort((x, y) => y.length - x.length)[0] ?? [];
      for (const { said } of here) expect(said).toEqual(longest.slice(longest.length - said.length));
      for (const { session } of views) session.end('closed');
      await quiet();
      scene.kernel.clock.advance(2000);
      for (const node of nodes) {
        expect(node.stats()).toMatchObject({ sessions: 0, 'muc.sessions': 0, 'muc.rooms': 0 });
        if (count > 1) expect(node.stats()).toMatchObject({ remoteSessions: 0, underWay: 0 });
      }
    });
  },
);
