import {
  child,
  decodeDataForm,
  decodeDiscoItems,
  decodeMucUser,
  decodeRoomOccupants,
  type Element,
  el,
  encodeDataForm,
  encodeMucJoin,
  encodeRoomOccupants,
  formValue,
  NS,
  PRESENCE_POLICY_FIELD,
  presenceEl,
  requestEl,
} from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import type { SharedStanza } from '../../kernel/shared-stanza.js';
import { FakeSession } from '../../testing/fake-session.js';
import { at, brief, createRoomScene, heard } from '../../testing/room-scene.js';

const choose = (presence: string): Element =>
  el(
    'query',
    NS.mucOwner,
    {},
    encodeDataForm({
      type: 'submit',
      formType: 'http://jabber.org/protocol/muc#roomconfig',
      fields: [{ var: PRESENCE_POLICY_FIELD, values: [presence] }],
    }),
  );

/** An owner, who moderates, and two guests under a policy; what they were sent is read. */
async function cast(presence: object) {
  const scene = await createRoomScene({ presence });
  const owner = await scene.enter('owner');
  const ann = await scene.enter('ann', { kind: 'guest' });
  const bob = await scene.enter('bob', { kind: 'guest' });
  for (const session of [owner, ann, bob]) session.takes();
  return { scene, owner, ann, bob };
}

const leave = (session: FakeSession, nick: string) =>
  session.sends(presenceEl({ to: at(nick), type: 'unavailable' }));

describe('under all', () => {
  test('everybody hears of everybody, and nothing is counted', async () => {
    const { scene, ann } = await cast({ policy: 'all' });
    const cy = await scene.enter('cy', { keep: true });
    expect(heard(cy)).toEqual(['+owner', '+ann', '+bob', '+cy 110', 'subject ""']);
    expect(heard(ann)).toEqual(['+cy']);
    expect(scene.kernel.clock.pending).toBe((await createRoomScene()).kernel.clock.pending);
  });
});

describe('under active', () => {
  test('who comes is shown moderators and itself, with the number of all', async () => {
    const { scene, owner, ann } = await cast({ policy: 'active' });
    const cy = await scene.enter('cy', { kind: 'guest', keep: true });
    const stanzas = cy.takes();
    expect(stanzas.map(brief)).toEqual(['+owner', '+cy 110', 'subject ""']);
    expect(stanzas.map(decodeRoomOccupants)).toEqual([undefined, { count: 4, shows: 'active' }, undefined]);
    expect([heard(owner), heard(ann)]).toEqual([[], []]);
  });

  test('who speaks is shown first, once, to each as they may see it; then what becomes of them is told', async () => {
    const { scene, owner, ann, bob } = await cast({ policy: 'active' });
    await scene.says(ann, 'one');
    await scene.says(ann, 'two');
    expect(heard(bob)).toEqual(['+ann', 'ann: one', 'ann: two']);
    const [shown] = owner.takes();
    expect(shown && decodeMucUser(shown)?.item?.jid).toBe(ann.jid);
    expect(heard(ann)).toEqual(['ann: one', 'ann: two']);
    const cy = await scene.enter('cy', { kind: 'guest', keep: true });
    expect(heard(cy).slice(0, 3)).toEqual(['+owner', '+ann', '+cy 110']);
    await leave(ann, 'ann');
    expect([heard(bob), heard(cy)]).toEqual([['-ann'], ['-ann']]);
  });

  test('a subject is speaking, what a visitor was refused is not', async () => {
    const { scene, owner, ann, bob } = await cast({ policy: 'active' });
    await scene.rules(owner, { nick: 'ann', role: 'visitor' });
    await scene.says(ann, 'no');
    expect(heard(bob)).toEqual([]);
    await scene.rules(owner, { nick: 'ann', role: 'moderator' });
    expect(heard(bob)).toEqual(['+ann']);
    await scene.subject(ann, 'Balconies');
    expect(heard(bob)).toEqual(['subject "Balconies"']);
  });

  test('whoever was not shown changes, renames and goes without a word to others, and is told all of it', async () => {
    const { scene, owner, ann, bob } = await cast({ policy: 'active' });
    await ann.sends(presenceEl({ to: at('ann') }, el('show', NS.client, {}, 'away')));
    await ann.sends(presenceEl({ to: at('annie') }));
    expect(heard(ann)).toEqual(['+ann 110', '-ann 110 303', '+annie 110']);
    await scene.rules(owner, { nick: 'annie', role: 'visitor' });
    await scene.rules(owner, { nick: 'annie', role: 'none' });
    expect(heard(ann)).toEqual(['+annie 110', '-annie 110 307']);
    expect([heard(owner), heard(bob)]).toEqual([[], []]);
  });

  test('joining again shows again who was shown, also those that are not shown to others any more', async () => {
    const { scene, owner, ann, bob } = await cast({ policy: 'all' });
    await scene.asks(owner, 'set', choose('active'));
    const cy = await scene.enter('cy', { kind: 'guest' });
    for (const session of [ann, bob]) session.takes();
    await scene.join(bob, 'bob');
    expect(heard(bob).slice(0, 3)).toEqual(['+owner', '+ann', '+bob 110']);
    await scene.join(cy, 'cy');
    expect(heard(cy).slice(0, 2)).toEqual(['+owner', '+cy 110']);
  });
});

describe('under count', () => {
  test('who comes is shown itself alone, a moderator those who moderate or speak', async () => {
    const { scene, owner, ann, bob } = await cast({ policy: 'count' });
    const cy = await scene.enter('cy', { kind: 'guest', keep: true });
    expect(heard(cy)).toEqual(['+cy 110', 'subject ""']);
    await scene.says(ann, 'hi');
    expect([heard(owner), heard(bob)]).toEqual([['+ann', 'ann: hi'], ['ann: hi']]);
    const again = await scene.enter('owner', { resource: 'phone', nick: 'boss', keep: true });
    expect(heard(again).slice(0, 3)).toEqual(['+owner', '+ann', '+boss 110']);
    await leave(ann, 'ann');
    expect([heard(owner), heard(bob)]).toEqual([['+boss', '-ann'], []]);
  });

  test('who begins to moderate is shown who has spoken, with real addresses', async () => {
    const { scene, owner, ann, bob } = await cast({ policy: 'count' });
    await scene.says(ann, 'hi');
    bob.takes();
    await scene.rules(owner, { nick: 'bob', role: 'moderator' });
    const shown = bob.takes();
    expect(shown.map(brief)).toEqual(['+bob 110', '+owner', '+ann']);
    expect(shown.map((stanza) => decodeMucUser(stanza)?.item?.jid)).toEqual([bob.jid, owner.jid, ann.jid]);
  });

  test('a ban by nick reaches somebody who was never shown', async () => {
    const { scene, owner, ann, bob } = await cast({ policy: 'count' });
    await scene.rules(owner, { nick: 'ann', affiliation: 'outcast' });
    expect([heard(ann), heard(bob)]).toEqual([['-ann 110 301'], []]);
  });

  test('the number is told when it has changed, at most once in its interval, by one timer or none', async () => {
    const { scene, bob } = await cast({ policy: 'count', countInterval: 500 });
    const { clock } = scene.kernel;
    clock.advance(500);
    bob.takes();
    const idle = clock.pending;
    await scene.enter('cy', { kind: 'guest' });
    await scene.enter('dee', { kind: 'guest' });
    expect([heard(bob), clock.pending]).toEqual([[], idle + 1]);
    clock.advance(499);
    expect(heard(bob)).toEqual([]);
    clock.advance(1);
    expect(bob.takes().map(decodeRoomOccupants)).toEqual([{ count: 5, shows: 'count' }]);
    clock.advance(10_000);
    expect([heard(bob), clock.pending]).toEqual([[], idle]);
  });

  test('nobody but the room says how many there are', async () => {
    const { scene, ann, bob } = await cast({ policy: 'count' });
    await scene.says(ann, 'hi', [encodeRoomOccupants({ count: 999, shows: 'all' })]);
    expect(bob.takes().map(decodeRoomOccupants)).toEqual([undefined]);
  });

  test.each([
    ['all', ['ann', 'bob', 'owner']],
    ['active', ['owner']],
    ['count', []],
  ])('disco lists under %s: %j', async (policy, nicks) => {
    const { scene, bob } = await cast({ policy });
    const [query] = (await scene.asks(bob, 'get', el('query', NS.discoItems))).children;
    const items = typeof query === 'object' ? decodeDiscoItems(query).items : [];
    expect(items.map(({ jid }) => jid.split('/')[1])).toEqual(nicks);
  });
});

describe('by size', () => {
  test('narrows at its bound, widens well below it, tells both with 104, and takes nothing back', async () => {
    const scene = await createRoomScene({ presence: { all: 4, active: 100, widenAt: 50 } });
    const watch = await scene.enter('watch', { kind: 'guest' });
    const [a, b, c] = [
      await scene.enter('a', { kind: 'guest' }),
      await scene.enter('b', { kind: 'guest' }),
      await scene.enter('c', { kind: 'guest' }),
    ];
    expect(heard(watch)).toEqual(['+a', '+b', '+c']);
    const d = await scene.enter('d', { kind: 'guest', keep: true });
    const [told, ...more] = watch.takes();
    expect(told && [brief(told), decodeRoomOccupants(told)]).toEqual([
      'room 104',
      { count: 5, shows: 'active' },
    ]);
    expect(more).toEqual([]);
    expect(heard(d)).toEqual(['+d 110', 'subject ""']);
    // Those who were shown stay, and so their leaving is told; 4 and 3 are not far enough below.
    await leave(a, 'a');
    await leave(b, 'b');
    expect([heard(watch), heard(d)]).toEqual([['-a', '-b'], []]);
    await leave(c, 'c');
    const last = watch.takes();
    expect(last.map(brief)).toEqual(['-c', '+d', 'room 104']);
    expect(last.map(decodeRoomOccupants).at(-1)).toEqual({ count: 2, shows: 'all' });
    expect(heard(d)).toEqual(['+watch', 'room 104']);
  });

  test('does not move while a room breathes around its bound', async () => {
    const scene = await createRoomScene({
      presence: { all: 2, active: 100, widenAt: 50, countInterval: 60_000 },
    });
    const watch = await scene.enter('watch', { kind: 'guest' });
    await scene.enter('a', { kind: 'guest' });
    let notices = 0;
    for (let round = 0; round < 10; round++) {
      const b = await scene.enter(`b${round}`, { kind: 'guest' });
      await leave(b, `b${round}`);
      notices += heard(watch).filter((line) => line === 'room 104').length;
    }
    expect(notices).toBe(1);
  });

  test('an owner may fix it, one notice tells it, and it is kept', async () => {
    const { scene, owner, ann, bob } = await cast({});
    expect(brief(await scene.asks(owner, 'set', choose('count')))).toBe('iq result');
    const [told, ...more] = bob.takes();
    expect(told && [brief(told), decodeRoomOccupants(told)]).toEqual([
      'room 104',
      { count: 3, shows: 'count' },
    ]);
    expect(more).toEqual([]);
    for (const session of [owner, ann, bob]) session.end('closed');
    const back = await scene.enter('owner');
    const cy = await scene.enter('cy', { kind: 'guest', keep: true });
    expect(heard(cy)).toEqual(['+cy 110', 'subject ""']);
    const answer = await scene.asks(back, 'get', el('query', NS.mucOwner));
    const query = child(answer, 'query', NS.mucOwner);
    const form = query && child(query, 'x', NS.dataForms);
    const decoded = form && decodeDataForm(form);
    expect(decoded?.ok && formValue(decoded.value, PRESENCE_POLICY_FIELD)).toBe('count');
    expect(brief(await scene.asks(back, 'set', choose('some')))).toBe('!not-acceptable');
    await scene.asks(back, 'set', choose('all'));
    expect(heard(cy)).toEqual(['+owner', 'room 104']);
  });
});

describe('a session that takes its presences slowly', () => {
  test('gets them before its own and everything said since, each as they are when it comes to them', async () => {
    const { scene, owner, ann, bob } = await cast({ policy: 'all' });
    const cy = scene.kernel.bind('cy@localhost/page', 'guest');
    cy.slow = true;
    await scene.join(cy, 'cy');
    expect(heard(cy)).toEqual([]);
    cy.pulls(1);
    await leave(ann, 'ann');
    await scene.rules(owner, { nick: 'bob', role: 'visitor' });
    await scene.enter('dee', { kind: 'guest' });
    await scene.says(owner, 'hi');
    await leave(bob, 'bob');
    cy.pulls();
    expect(heard(cy)).toEqual(['+owner', '+cy 110', 'subject ""', '+dee', 'owner: hi']);
  });

  test('hears of a new nick behind what was said of it before', async () => {
    const { scene, ann, bob } = await cast({ policy: 'all' });
    const cy = scene.kernel.bind('cy@localhost/page', 'guest');
    cy.slow = true;
    await scene.join(cy, 'cy');
    cy.pulls(2);
    await leave(ann, 'ann');
    await bob.sends(presenceEl({ to: at('ann') }));
    cy.pulls();
    expect(heard(cy)).toEqual(['+owner', '+ann', '+cy 110', 'subject ""', '-ann', '+ann']);
  });

  test('that goes before it has them gets no more', async () => {
    const { scene } = await cast({ policy: 'all' });
    const cy = scene.kernel.bind('cy@localhost/page', 'guest');
    cy.slow = true;
    await scene.join(cy, 'cy');
    await leave(cy, 'cy');
    cy.pulls();
    expect(heard(cy)).toEqual(['+cy 110', 'subject ""', '-cy 110']);
  });
});

/** Counts what it is sent, and reads none of it. */
class Counter extends FakeSession {
  writes = 0;

  override deliverShared(_stanza: SharedStanza): void {
    this.writes++;
  }

  override deliverFrom(source: Iterator<SharedStanza, unknown>): void {
    while (source.next().done !== true) this.writes++;
  }
}

async function writesOfJoins(count: number, policy: string): Promise<number> {
  const scene = await createRoomScene({ occupants: count + 1, presence: { policy } });
  const owner = await scene.enter('owner');
  const counters: Counter[] = [];
  for (let n = 0; n < count; n++) {
    const counter = new Counter(scene.kernel.router, `u${n}@localhost/x`, 'guest');
    scene.kernel.router.bound(counter);
    counters.push(counter);
    await counter.sends(presenceEl({ to: at(`user-${n}`) }, encodeMucJoin()));
  }
  // Those who moderate are not written to for each either.
  expect(owner.takes().length).toBeLessThan(policy === 'all' ? count + 1 : 5);
  return counters.reduce((sum, { writes }) => sum + writes, 0);
}

test('filling a room of 3,000 costs writes by their number under count, and their square only under all', async () => {
  // Each gets itself and the subject.
  expect(await writesOfJoins(3000, 'count')).toBe(2 * 3000);
  // And the owner, who moderates.
  expect(await writesOfJoins(300, 'active')).toBe(3 * 300);
  expect(await writesOfJoins(300, 'all')).toBe(3 * 300 + 300 * 299);
});

test('a thousand visits under a policy that moves leave nothing behind', async () => {
  const scene = await createRoomScene({
    createdPerMinute: 10_000,
    presence: { all: 2, active: 4, countInterval: 100 },
  });
  const before = scene.kernel.stats();
  for (let visit = 0; visit < 200; visit++) {
    const group = await Promise.all(
      Array.from({ length: 5 }, (_, n) => scene.enter(`v${visit}-${n}`, { kind: 'guest' })),
    );
    for (const session of group) await scene.says(session, 'hi');
    for (const session of group) session.end('closed');
  }
  scene.kernel.clock.advance(100);
  expect(scene.kernel.stats()).toEqual(before);
});

test('a request for a policy is for owners', async () => {
  const { scene, ann } = await cast({});
  await ann.sends(requestEl({ to: scene.room, id: 'x', type: 'set' }, choose('count')));
  expect(heard(ann)).toEqual(['!forbidden']);
});
