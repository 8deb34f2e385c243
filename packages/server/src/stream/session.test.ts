import {
  decodeSm,
  decodeStreamError,
  type Element,
  el,
  encodeSm,
  NS,
  type SmElement,
  serialize,
} from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { SharedStanza } from '../kernel/shared-stanza.js';
import { microtasks, type StreamClient, StreamWorld } from '../testing/stream-world.js';
import { ASK_AFTER, ASK_AFTER_BYTES, ASK_AFTER_STANZAS } from './link-watch.js';
import { WHEEL_STEP } from './timer-wheel.js';

const message = (id: string, filler = 0) =>
  el('message', NS.client, { id }, filler > 0 && el('body', NS.client, {}, 'x'.repeat(filler)));
const sm = (element: Exclude<SmElement, { kind: 'malformed' }>) => encodeSm(element);
const ids = (heard: readonly Element[]) => heard.flatMap((element) => element.attrs.id ?? element.name);
const errorIn = (heard: readonly Element[]) => heard.map(decodeStreamError).find((found) => found)?.condition;

/** The id to resume by, from what the client has heard. */
function smId(client: StreamClient): string {
  const found = /<enabled[^>]* id="([^"]+)"/.exec(client.frames.join(''));
  if (!found?.[1]) throw new TypeError('stream management is off');
  return found[1];
}

async function resumed(world: StreamWorld, id: string, h: number): Promise<[StreamClient, Element[]]> {
  const client = world.connect();
  const heard = await client.signIn({ inline: [sm({ kind: 'resume', previd: id, h })] });
  return [client, heard.slice(4)];
}

/** A promise for each stanza, to be fulfilled by hand. */
function commits(world: StreamWorld): (() => void)[] {
  const waiting: (() => void)[] = [];
  world.settle = () => new Promise((resolve) => void waiting.push(resolve));
  return waiting;
}

describe('what the client sent', () => {
  test('is acknowledged when asked, as far as it is settled', async () => {
    const world = new StreamWorld();
    const client = await world.client();
    const waiting = commits(world);
    await client.says(message('1'), message('2'));
    expect(await client.says(sm({ kind: 'r' }))).toEqual([sm({ kind: 'a', h: 0 })]);
    waiting[1]?.();
    expect(await client.says(sm({ kind: 'r' }))).toEqual([sm({ kind: 'a', h: 0 })]);
    waiting[0]?.();
    expect(await client.hears()).toEqual([sm({ kind: 'a', h: 2 })]);
    expect(await client.says(sm({ kind: 'r' }))).toEqual([sm({ kind: 'a', h: 2 })]);
  });

  test('is acknowledged once for a group that settles in one go', async () => {
    const world = new StreamWorld();
    const client = await world.client();
    const waiting = commits(world);
    await client.says(...Array.from({ length: 20 }, (_, n) => message(`${n}`)));
    for (const commit of waiting) commit();
    expect(await client.hears()).toEqual([sm({ kind: 'a', h: 20 })]);
  });

  test('that cannot be settled ends the session, never acknowledged', async () => {
    const world = new StreamWorld();
    const client = await world.client();
    world.settle = () => Promise.reject(new Error('disk full'));
    expect(errorIn(await client.says(message('1')))).toBe('internal-server-error');
    expect(client.frames.join('')).not.toContain('<a ');
    expect(world.events.at(-1)).toMatch(/lost$/);
  });

  test('waits to be read while as much as may is not settled', async () => {
    const world = new StreamWorld({ unsettledStanzas: 3 });
    const client = await world.client();
    const waiting = commits(world);
    await client.says(message('1'), message('2'));
    expect(client.link.held).toBe(false);
    await client.says(message('3'), message('4'), message('5'), sm({ kind: 'r' }));
    expect(world.received).toHaveLength(3);
    expect(client.link.held).toBe(true);
    waiting[0]?.();
    // The answer to <r/> keeps its place behind the stanzas before it.
    expect(await client.hears()).toEqual([sm({ kind: 'a', h: 1 })]);
    expect(world.received).toHaveLength(4);
    for (const commit of waiting) commit();
    await client.hears();
    expect(client.frames.at(-1)).toBe('<a xmlns="urn:xmpp:sm:3" h="4"/>');
    expect(world.received).toHaveLength(5);
    expect(client.link.held).toBe(false);
  });

  test('and comes all the same, is borne up to a bound, and then said again on the next link', async () => {
    const world = new StreamWorld({ unsettledStanzas: 1, queueBytes: 1000 });
    const client = await world.client();
    const waiting = commits(world);
    const frame = `<message xmlns="jabber:client">${'x'.repeat(459)}</message>`;
    expect(frame.length).toBe(500);
    expect(await client.says(message('1'), frame, frame)).toEqual([]);
    expect(errorIn(await client.says('<'))).toBe('policy-violation');
    expect(world.session.hibernated).toBe(true);
    for (const commit of waiting) commit();
    const [, after] = await resumed(world, smId(client), 0);
    expect(after).toEqual([]);
    expect(world.received).toHaveLength(1);
  });
});

describe('what the client is sent', () => {
  test('comes in order, shared or not, each addressed to it', async () => {
    const world = new StreamWorld();
    const client = await world.client();
    const shared = SharedStanza.of(message('2'));
    world.session.deliver(message('1'));
    world.session.deliverShared(shared);
    const heard = await client.hears();
    expect(ids(heard)).toEqual(['1', '2']);
    expect(heard[1]?.attrs.to).toBe(world.session.jid);
  });

  test('is asked for in the same write as a stanza after some time, and not again before it is answered', async () => {
    const world = new StreamWorld();
    const client = await world.client();
    const said = async (id: string) => {
      world.session.deliver(message(id));
      return ids(await client.hears());
    };
    expect(await said('1')).toEqual(['1']);
    world.clock.advance(ASK_AFTER - WHEEL_STEP);
    expect(await said('2')).toEqual(['2']);
    world.clock.advance(WHEEL_STEP);
    expect(await said('3')).toEqual(['3', 'r']);
    world.clock.advance(2 * WHEEL_STEP);
    expect(await said('4')).toEqual(['4']);
    await client.says(sm({ kind: 'a', h: 3 }));
    // Without a stanza to go with, it is asked all the same.
    world.clock.advance(ASK_AFTER);
    expect(await client.hears()).toEqual([sm({ kind: 'r' })]);
  });

  test('is asked for in any case when the time of the link comes, and not when nothing waits', async () => {
    const world = new StreamWorld({ idleTimeout: 45_000 });
    const client = await world.client();
    world.session.deliver(message('1'));
    await client.hears();
    world.clock.advance(40_000);
    await client.says(el('presence', NS.client));
    world.clock.advance(5_000);
    expect(await client.hears()).toEqual([sm({ kind: 'r' })]);
    await client.says(sm({ kind: 'a', h: 1 }));
    world.clock.advance(44_000);
    expect(await client.hears()).toEqual([]);
  });

  test('is asked for at once when much of it waits', async () => {
    const world = new StreamWorld();
    const client = await world.client();
    for (let n = 1; n < ASK_AFTER_STANZAS; n++) world.session.deliver(message(`${n}`));
    expect((await client.hears()).at(-1)?.name).toBe('message');
    for (let n = 0; n < ASK_AFTER_STANZAS; n++) world.session.deliver(message(`${n}`));
    expect((await client.hears()).filter((element) => element.name === 'r')).toHaveLength(1);
    const other = await world.client({ user: 'nurse', password: 'angelica' });
    [...world.sessions.values()].at(-1)?.deliver(message('1', ASK_AFTER_BYTES));
    expect((await other.hears()).at(-1)).toEqual(sm({ kind: 'r' }));
  });

  test('cannot be acknowledged before it was sent', async () => {
    const world = new StreamWorld();
    const client = await world.client();
    world.session.deliver(message('1'));
    await client.hears();
    const [error] = await client.says(sm({ kind: 'a', h: 2 }));
    expect(error && decodeStreamError(error)).toMatchObject({
      condition: 'undefined-condition',
      application: { name: 'handled-count-too-high', attrs: { h: '2', 'send-count': '1' } },
    });
    expect(client.closed).toBe(true);
    expect(world.ended).toMatchObject([{ why: 'lost', unacknowledged: [expect.stringContaining('id="1"')] }]);
  });

  test('and was acknowledged before may be acknowledged again', async () => {
    const world = new StreamWorld();
    const client = await world.client();
    world.session.deliver(message('1'));
    await client.says(sm({ kind: 'a', h: 1 }));
    expect(await client.says(sm({ kind: 'a', h: 0 }))).toEqual([]);
    expect(client.closed).toBe(false);
  });
});

describe('without a link', () => {
  test('a session goes on: what is delivered comes with the next link, after what was lost', async () => {
    const world = new StreamWorld();
    const client = await world.client();
    const { session } = world;
    for (const id of ['1', '2', '3']) session.deliver(message(id));
    await client.hears();
    await client.says(sm({ kind: 'a', h: 1 }));
    client.cut();
    expect(session.hibernated).toBe(true);
    session.deliverShared(SharedStanza.of(message('4')));
    session.deliver(message('5'));
    const [next, heard] = await resumed(world, smId(client), 2);
    expect(ids(heard)).toEqual(['3', '4', '5']);
    session.deliver(message('6'));
    expect(ids(await next.hears())).toEqual(['6']);
    await next.says(sm({ kind: 'a', h: 6 }));
    await next.closes();
    expect(world.ended).toEqual([{ why: 'closed', unacknowledged: [] }]);
    expect(world.events.filter((event) => event.startsWith('ended'))).toHaveLength(1);
  });

  test('closed in order by the transport alone is the same: a page that goes says nothing', async () => {
    const world = new StreamWorld();
    const client = await world.client();
    client.link.close();
    await client.hears();
    expect(world.session.hibernated).toBe(true);
  });

  test.each(['no', 'yes'] as const)(
    'a session ends where it cannot be resumed (managed: %s)',
    async (manage) => {
      const world = new StreamWorld();
      const client = await world.client({ manage });
      world.session.deliver(message('1'));
      client.cut();
      expect(world.ended).toMatchObject([
        { why: 'lost', unacknowledged: manage === 'no' ? [] : [expect.any(String)] },
      ]);
      expect(world.streams.stats()).toMatchObject({ sessions: 0, deadlines: 0 });
    },
  );

  test('it ends after its time, and gives back what was not acknowledged', async () => {
    const world = new StreamWorld({ resumeTimeout: 60_000 });
    const client = await world.client();
    client.cut();
    world.session.deliver(message('1'));
    world.clock.advance(59_999);
    expect(world.ended).toEqual([]);
    world.clock.advance(1);
    expect(world.ended).toMatchObject([
      { why: 'expired', unacknowledged: [expect.stringContaining('id="1"')] },
    ]);
  });

  test('time starts anew with each loss', async () => {
    const world = new StreamWorld({ resumeTimeout: 60_000 });
    const client = await world.client();
    client.cut();
    world.clock.advance(50_000);
    const [next] = await resumed(world, smId(client), 0);
    next.cut();
    world.clock.advance(50_000);
    expect(world.session.hibernated).toBe(true);
  });

  test('another link takes the session over: the old one is told, and nobody else', async () => {
    const world = new StreamWorld();
    const client = await world.client();
    const [next] = await resumed(world, smId(client), 0);
    expect(errorIn(await client.hears())).toBe('conflict');
    expect(client.closed).toBe(true);
    expect(next.closed).toBe(false);
    expect(world.events.map((event) => event.split(' ')[0])).toEqual(['bound', 'resumed']);
    expect(world.session.hibernated).toBe(false);
  });
});

describe('a slow reader', () => {
  const text = (bytes: number) =>
    message('1', bytes - '<message xmlns="jabber:client" id="1"><body></body></message>'.length);

  test('gets a burst beyond the bound of its link as the link takes it, and stays', async () => {
    const world = new StreamWorld({ queueBytes: 1000 });
    const client = await world.client();
    const { session } = world;
    const burst = Array.from({ length: 40 }, (_, n) => `m${n}`);
    for (const id of burst) session.deliver(message(id, 300));
    expect(client.link.queuedBytes).toBeLessThanOrEqual(1000);
    const stanzas = (await client.hears()).filter(({ name }) => name === 'message');
    expect(ids(stanzas)).toEqual(burst);
    expect([world.ended, session.hibernated]).toEqual([[], false]);
  });

  test('without stream management is ended beyond the bound, when the turn is over', async () => {
    const world = new StreamWorld({ queueBytes: 1000 });
    const client = await world.client({ manage: 'no' });
    const { session } = world;
    session.deliver(text(1000));
    await microtasks();
    expect(world.ended).toEqual([]);
    session.deliver(text(100));
    session.deliver(text(100));
    // Not before: it may have come to its bound in a fan-out that its own leaving would enter again.
    expect(world.ended).toEqual([]);
    await microtasks();
    expect(world.ended).toMatchObject([{ why: 'overflow' }]);
    expect(errorIn(await client.hears())).toBe('policy-violation');
    expect(client.frames.filter((frame) => frame.startsWith('<message'))).toHaveLength(2);
  });

  test('who asks how far we are, and never reads the answer, comes to the bound of its link', async () => {
    const world = new StreamWorld({ queueBytes: 1000 });
    const client = await world.client();
    const answer = Buffer.byteLength(serialize(sm({ kind: 'a', h: 0 })));
    const borne = Math.floor(1000 / answer);
    await client.whispers(...Array.from({ length: borne }, () => sm({ kind: 'r' })));
    expect(client.link.queued).toHaveLength(borne);
    expect(world.session.hibernated).toBe(false);
    await client.whispers(sm({ kind: 'r' }));
    expect(world.session.hibernated).toBe(true);
    expect(errorIn(await client.hears())).toBe('policy-violation');
  });

  test('gets a long queue in portions as its link takes them, new stanzas behind it', async () => {
    const world = new StreamWorld({ queueBytes: 2000 });
    const client = await world.client();
    const { session } = world;
    client.cut();
    for (let n = 0; n < 30; n++) session.deliver(message(`m${n}`, 300));
    const next = world.connect();
    await next.whispers(
      '<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="capulet.example" version="1.0"/>',
      `<authenticate xmlns="urn:xmpp:sasl:2" mechanism="PLAIN"><initial-response>AGp1bGlldAByMG0zMA==</initial-response>` +
        `<resume xmlns="urn:xmpp:sm:3" previd="${smId(client)}" h="0"/></authenticate>`,
    );
    session.deliver(message('late'));
    const bytes = next.link.queued.filter((frame) => frame.startsWith('<message')).join('').length;
    expect(bytes).toBeLessThan(2000);
    const heard = ids(await next.hears()).filter((id) => /^m|late/.test(id));
    expect(heard).toEqual([...Array.from({ length: 30 }, (_, n) => `m${n}`), 'late']);
    expect(session.hibernated).toBe(false);
  });

  test.each([true, false])(
    'what is not acknowledged has a bound, with a link or without (link: %s)',
    async (linked) => {
      const world = new StreamWorld({ unacknowledgedBytes: 1000 });
      const client = await world.client();
      const { session } = world;
      if (!linked) client.cut();
      session.deliver(text(500));
      session.deliver(text(500));
      expect(world.ended).toEqual([]);
      session.deliver(text(60));
      session.deliver(text(500));
      await microtasks();
      expect(world.ended).toMatchObject([{ why: 'overflow', unacknowledged: { length: 3 } }]);
      session.deliver(text(500));
      expect(world.ended).toHaveLength(1);
      expect(errorIn(await client.hears())).toBe(linked ? 'policy-violation' : undefined);
    },
  );
});

describe('a silent link', () => {
  const limits = { idleTimeout: 45_000, answerTimeout: 20_000 };

  test.each([
    ['yes', 'resumable', 'r'],
    ['no', 'no', 'iq'],
  ] as const)('is asked, and given up without an answer (managed: %s)', async (_, manage, question) => {
    const world = new StreamWorld(limits);
    const client = await world.client({ manage });
    world.clock.advance(44_999);
    expect(await client.hears()).toEqual([]);
    world.clock.advance(1);
    expect(await client.hears()).toMatchObject([{ name: question }]);
    world.clock.advance(19_999);
    expect(client.closed).toBe(false);
    world.clock.advance(1);
    expect(errorIn(await client.hears())).toBe('connection-timeout');
    expect(world.streams.stats().hibernated).toBe(manage === 'no' ? 0 : 1);
    if (manage === 'no') expect(world.ended).toMatchObject([{ why: 'lost' }]);
  });

  test.each([
    ['an acknowledgement', sm({ kind: 'a', h: 0 })],
    ['any stanza', el('presence', NS.client)],
  ])('that answers with %s stays, and is asked again later', async (_, answer) => {
    const world = new StreamWorld(limits);
    const client = await world.client();
    for (let round = 0; round < 3; round++) {
      world.clock.advance(45_000);
      expect(await client.hears()).toEqual([sm({ kind: 'r' })]);
      await client.says(answer);
    }
    world.clock.advance(44_999);
    expect(await client.hears()).toEqual([]);
    expect(client.closed).toBe(false);
  });

  test('the answer to the question by ping reaches nobody', async () => {
    const world = new StreamWorld(limits);
    const client = await world.client({ manage: 'no' });
    world.clock.advance(45_000);
    const [ping] = await client.hears();
    await client.says(el('iq', NS.client, { type: 'result', id: ping?.attrs.id }));
    expect(world.received).toEqual([]);
    world.clock.advance(20_000);
    expect(client.closed).toBe(false);
  });

  test('who speaks is not asked', async () => {
    const world = new StreamWorld(limits);
    const client = await world.client();
    for (let n = 0; n < 10; n++) {
      world.clock.advance(40_000);
      expect(await client.says(el('presence', NS.client))).toEqual([]);
    }
  });
});

describe('an end', () => {
  test('by the server says why, once', async () => {
    const world = new StreamWorld();
    const client = await world.client();
    const { session } = world;
    session.deliver(message('1'));
    session.end('kicked', 'not-authorized');
    session.end('kicked');
    const heard = await client.hears();
    expect(errorIn(heard)).toBe('not-authorized');
    expect(heard.at(-1)?.name).toBe('close');
    expect(world.ended).toMatchObject([{ why: 'kicked', unacknowledged: { length: 1 } }]);
  });

  test('with a condition that there is not says undefined-condition', async () => {
    const world = new StreamWorld();
    const client = await world.client();
    world.session.end('kicked', 'tired');
    expect(errorIn(await client.hears())).toBe('undefined-condition');
  });

  test('is final: nothing can be delivered or resumed', async () => {
    const world = new StreamWorld();
    const client = await world.client();
    const { session } = world;
    const id = smId(client);
    client.cut();
    session.end('kicked');
    session.deliver(message('1'));
    session.deliverShared(SharedStanza.of(message('2')));
    const next = world.connect();
    await next.signIn({ inline: [sm({ kind: 'resume', previd: id, h: 0 })] });
    expect(next.frames.join('')).toContain('item-not-found');
    expect(world.ended).toHaveLength(1);
  });
});

test('what is no stanza is not counted', async () => {
  const world = new StreamWorld();
  const client = await world.client();
  world.session.deliver(el('x', 'urn:meerkat:test:0'));
  const heard = await client.hears();
  expect(heard).toMatchObject([{ name: 'x' }]);
  world.clock.advance(ASK_AFTER);
  expect((await client.hears()).map(decodeSm)).toEqual([]);
});

describe('a source', () => {
  /** Presences s0, s1..., and how many of them were asked for. */
  function source(count: number, filler = 0) {
    const asked = { count: 0 };
    const read = function* (): Generator<SharedStanza> {
      for (let n = 0; n < count; n++) {
        asked.count++;
        yield SharedStanza.of(message(`s${n}`, filler));
      }
    };
    return { asked, stanzas: read() };
  }
  const names = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `s${from + n}`);
  const stanzaIds = (heard: readonly Element[]) => ids(heard.filter(({ name }) => name === 'message'));

  test.each(['yes', 'no'] as const)(
    'is read as the link takes it, live stanzas come behind it, managed: %s',
    async (manage) => {
      const world = new StreamWorld({ queueBytes: 2000 });
      const client = await world.client(manage === 'no' ? { manage } : {});
      const { session } = world;
      const { asked, stanzas } = source(40, 300);
      session.deliverFrom(stanzas);
      session.deliver(message('live'));
      session.deliverShared(SharedStanza.of(message('shared')));
      expect(asked.count).toBeLessThan(6);
      expect(client.link.queuedBytes).toBeLessThanOrEqual(2000);
      expect(stanzaIds(await client.hears())).toEqual([...names(0, 40), 'live', 'shared']);
      session.deliver(message('after'));
      expect(stanzaIds(await client.hears())).toEqual(['after']);
    },
  );

  test('waits while much of it is not acknowledged, and goes on then', async () => {
    const world = new StreamWorld({ unacknowledgedBytes: 4000 });
    const client = await world.client();
    const { asked, stanzas } = source(30, 300);
    world.session.deliverFrom(stanzas);
    const first = stanzaIds(await client.hears());
    expect(asked.count).toBe(first.length);
    expect(first.length).toBeLessThan(10);
    const rest = stanzaIds(await client.says(sm({ kind: 'a', h: first.length })));
    expect(rest[0]).toBe(`s${first.length}`);
    expect(world.ended).toEqual([]);
  });

  test('goes on over the next link, without a gap', async () => {
    const world = new StreamWorld({ queueBytes: 2000 });
    const client = await world.client();
    const { stanzas } = source(20, 300);
    world.session.deliverFrom(stanzas);
    client.link.cut('network');
    world.session.deliver(message('live'));
    const [next, heard] = await resumed(world, smId(client), 0);
    expect(stanzaIds([...heard, ...(await next.hears())])).toEqual([...names(0, 20), 'live']);
  });

  test('what waits behind it has the bound of all that is not acknowledged', async () => {
    const world = new StreamWorld({ queueBytes: 1000, unacknowledgedBytes: 3000 });
    await world.client();
    const { session } = world;
    session.deliverFrom(source(100, 300).stanzas);
    for (let n = 0; n < 5; n++) session.deliver(message(`live${n}`, 300));
    await microtasks();
    expect(world.ended).toEqual([]);
    for (let n = 0; n < 5; n++) session.deliver(message(`more${n}`, 300));
    await microtasks();
    expect(world.ended).toMatchObject([{ why: 'overflow' }]);
  });

  test('that has nothing yet is asked again when it says so, and what came behind it waits', async () => {
    const world = new StreamWorld();
    const client = await world.client();
    const { session } = world;
    const arrived = ['s0'];
    let over = false;
    session.deliverFrom({
      next: () => {
        const id = arrived.shift();
        if (id === undefined && over) return { done: true, value: undefined };
        return { value: id === undefined ? undefined : SharedStanza.of(message(id)) };
      },
    });
    session.deliver(message('live'));
    expect(stanzaIds(await client.hears())).toEqual(['s0']);
    arrived.push('s1');
    session.readOn();
    expect(stanzaIds(await client.hears())).toEqual(['s1']);
    over = true;
    session.readOn();
    expect(stanzaIds(await client.hears())).toEqual(['live']);
    session.deliver(message('after'));
    expect(stanzaIds(await client.hears())).toEqual(['after']);
  });

  test('that fails is cut short, and what came behind it is sent', async () => {
    const world = new StreamWorld();
    const client = await world.client();
    world.session.deliverFrom(
      (function* (): Generator<SharedStanza> {
        yield SharedStanza.of(message('s0'));
        throw new Error('broken');
      })(),
    );
    world.session.deliver(message('live'));
    expect(stanzaIds(await client.hears())).toEqual(['s0', 'live']);
  });

  test('is not asked for more once the session has ended, and what waited behind it is given back', async () => {
    const world = new StreamWorld({ queueBytes: 1000 });
    await world.client({ manage: 'no' });
    const { asked, stanzas } = source(50, 300);
    world.session.deliverFrom(stanzas);
    const before = asked.count;
    world.session.deliver(message('live'));
    world.session.end('closed');
    expect(asked.count).toBe(before);
    expect(world.ended[0]?.unacknowledged.join('')).toContain('id="live"');
  });
});
