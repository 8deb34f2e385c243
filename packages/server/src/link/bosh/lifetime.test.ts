import { describe, expect, test } from 'vitest';
import { BoshScene, said } from '../../testing/bosh-scene.js';
import { FAREWELL } from './bosh-session.js';

const TOO_MUCH = { type: 'terminate', condition: 'policy-violation' };

async function begun(body = {}, options = {}) {
  const scene = new BoshScene(options);
  await scene.create(body);
  scene.stream.heard.length = 0;
  return scene;
}

describe('waiting', () => {
  test('a request is answered before `wait` is over, and never late', async () => {
    const scene = await begun({ wait: 10 });
    const ask = await scene.ask();
    scene.clock.advance(8_000);
    expect(ask.reply).toBeUndefined();
    scene.clock.advance(2_000);
    expect([ask.status, ask.frames]).toEqual([200, []]);
  });

  test('what is said in one turn leaves in one body', async () => {
    const scene = await begun();
    const ask = await scene.ask();
    await scene.says(said('a'), said('b'));
    expect(ask.frames).toEqual(['a', 'b']);
  });

  test('a polling session is answered at once, with what there is', async () => {
    const scene = await begun({ hold: 0 });
    expect((await scene.ask()).frames).toEqual([]);
    await scene.says(said('a'));
    scene.clock.advance(2_000);
    expect((await scene.ask()).frames).toEqual(['a']);
  });
});

describe('asking too often', () => {
  test('a polling session may not ask within `polling` when it was told nothing', async () => {
    const scene = await begun({ hold: 0 });
    await scene.ask();
    scene.clock.advance(2_000);
    await scene.ask();
    scene.clock.advance(1_999);
    expect((await scene.ask()).body).toEqual(TOO_MUCH);
  });

  test('it may when it was told something, or has something to say', async () => {
    const scene = await begun({ hold: 0 });
    await scene.ask();
    await scene.ask([said('x')]);
    await scene.says(said('news'));
    await scene.ask();
    await scene.ask();
    expect(scene.stream.end).toBeUndefined();
  });

  test('where requests are held, so many in a row are endured', async () => {
    const scene = await begun({}, { limits: { emptyRequests: 3 } });
    for (let i = 0; i < 3; i++) await scene.ask();
    const fourth = await scene.ask();
    expect([fourth.reply, scene.stream.end]).toEqual([undefined, undefined]);
    const fifth = await scene.ask();
    expect([fourth.body, fifth.body]).toEqual([TOO_MUCH, {}]);
  });
});

describe('inactivity', () => {
  test('ends a session for which nobody asks, and only then', async () => {
    const scene = await begun();
    const ask = await scene.ask();
    scene.clock.advance(55_000);
    expect(ask.reply).toBeDefined();
    scene.clock.advance(74_000);
    expect(scene.stream.end).toBeUndefined();
    scene.clock.advance(1_000);
    expect(scene.stream.end).toEqual({ clean: false, reason: 'inactive' });
    expect((await scene.ask()).body).toEqual({ type: 'terminate', condition: 'item-not-found' });
    expect([scene.manager.size, scene.clock.pending, scene.admission.open]).toEqual([0, 0, 0]);
  });

  test('a held request keeps it', async () => {
    const scene = await begun({}, { limits: { inactivity: 10_000, wait: 55_000 } });
    await scene.ask();
    scene.clock.advance(53_000);
    expect(scene.stream.end).toBeUndefined();
  });

  test('a pause makes it longer, for one round, and answers all', async () => {
    const scene = await begun();
    const [held, pause] = [await scene.ask(), await scene.ask([], { pause: 120 })];
    expect([held.frames, pause.frames]).toEqual([[], []]);
    scene.clock.advance(119_000);
    expect(scene.stream.end).toBeUndefined();
    const back = await scene.ask();
    back.leaves();
    scene.clock.advance(75_000);
    expect(scene.stream.end?.reason).toBe('inactive');
  });

  test('a pause longer than agreed is refused', async () => {
    const scene = await begun();
    expect((await scene.ask([], { pause: 121 })).body).toEqual(TOO_MUCH);
  });
});

describe('a page that reloads', () => {
  test('repeats its last request and is told what has come', async () => {
    const scene = await begun();
    const held = await scene.ask();
    held.leaves();
    await scene.says(said('a'), said('b'));
    scene.clock.advance(60_000);
    const again = await scene.ask([], { rid: 1001 });
    expect(again.frames).toEqual(['a', 'b']);
    expect(held.reply).toBeUndefined();
  });

  test('or goes on with the next, and is told it there', async () => {
    const scene = await begun();
    (await scene.ask([said('mine')])).leaves();
    await scene.says(said('a'));
    const next = await scene.ask();
    expect(next.frames).toEqual(['a']);
    expect(scene.stream.heard).toEqual(['mine']);
    const again = await scene.ask([said('mine')], { rid: 1001 });
    expect(again.frames).toEqual([]);
    expect(scene.stream.heard).toEqual(['mine']);
  });

  test('goes on before anybody has seen the old page go', async () => {
    const scene = await begun();
    const old = await scene.ask();
    const next = await scene.ask();
    expect(old.frames).toEqual([]);
    await scene.says(said('a'));
    expect(next.frames).toEqual(['a']);
  });

  test('a reply that went nowhere is given again', async () => {
    const scene = await begun();
    const lost = await scene.ask();
    await scene.says(said('a'));
    lost.leaves();
    const again = await scene.ask([], { rid: 1001 });
    expect(again.frames).toEqual(['a']);
    const next = await scene.ask();
    await scene.says(said('b'));
    expect(next.frames).toEqual(['b']);
  });

  test('several times, each before its time is over', async () => {
    const scene = await begun();
    for (let i = 0; i < 20; i++) {
      const ask = await scene.ask();
      ask.leaves();
      await scene.says(said(String(i)));
      scene.clock.advance(30_000);
      expect((await scene.ask()).frames).toEqual([String(i)]);
    }
    expect(scene.stream.end).toBeUndefined();
  });
});

describe('an end', () => {
  test('by the client: its last frames are heard, the oldest request is told, the others are empty', async () => {
    const scene = await begun();
    const held = await scene.ask();
    const last = await scene.ask(['<presence xmlns="jabber:client" type="unavailable"/>'], {
      type: 'terminate',
    });
    expect(scene.stream.heard).toEqual(['presence', 'close']);
    expect(scene.stream.end?.clean).toBe(true);
    expect([held.body, last.body]).toEqual([{ type: 'terminate' }, {}]);
    expect(scene.manager.size).toBe(0);
  });

  test('by the client, of a stream that does not answer', async () => {
    const scene = new BoshScene({ onOpen: (link) => link.send('<stream:features/>') });
    await scene.create();
    scene.stream.link.onFrame(() => {});
    scene.stream.link.close = () => {};
    const last = await scene.ask([], { type: 'terminate' });
    scene.clock.advance(FAREWELL);
    expect(last.body.type).toBe('terminate');
    expect(scene.manager.size).toBe(0);
  });

  test('by the stream, with what it said before', async () => {
    const scene = await begun();
    const held = await scene.ask();
    scene.stream.link.send(said('bye'));
    scene.stream.link.close('done');
    scene.stream.link.send(said('too late'));
    await Promise.resolve();
    expect([held.frames, held.body]).toEqual([['bye'], { type: 'terminate' }]);
    expect(scene.stream.end).toEqual({ clean: true, reason: 'done' });
  });

  test('by a stream error, which is told inside', async () => {
    const scene = await begun();
    const held = await scene.ask();
    const error =
      '<stream:error xmlns:stream="http://etherx.jabber.org/streams"><conflict xmlns="urn:ietf:params:xml:ns:xmpp-streams"/></stream:error>';
    await scene.says(error);
    expect(held.body).toEqual({ type: 'terminate', condition: 'remote-stream-error' });
    expect(held.reply).toContain(error);
  });

  test('while nobody asks: whoever asks next is told, once', async () => {
    const scene = await begun();
    scene.stream.link.send(said('bye'));
    scene.stream.link.close();
    await Promise.resolve();
    expect(scene.stream.end?.clean).toBe(true);
    const ask = await scene.ask();
    expect([ask.frames, ask.body]).toEqual([['bye'], { type: 'terminate' }]);
    expect((await scene.ask()).body.condition).toBe('item-not-found');
    expect(scene.admission.open).toBe(0);
  });

  test('while nobody asks, and nobody ever does', async () => {
    const scene = await begun();
    scene.stream.link.close();
    await Promise.resolve();
    expect(scene.manager.size).toBe(1);
    scene.clock.advance(75_000);
    expect([scene.manager.size, scene.clock.pending, scene.admission.open]).toEqual([0, 0, 0]);
  });

  test('of the server', async () => {
    const scene = await begun();
    const held = await scene.ask();
    scene.manager.close();
    expect(held.body).toEqual({ type: 'terminate', condition: 'system-shutdown' });
    expect((await scene.create()).body.condition).toBe('system-shutdown');
    expect([scene.manager.size, scene.clock.pending]).toEqual([0, 0]);
  });
});

test('a thousand sessions that are abandoned in different ways leave nothing', async () => {
  const scene = new BoshScene({
    admission: { connectionsPerAddress: 2_000, newConnectionsPerAddress: 2_000 },
  });
  for (let i = 0; i < 1_000; i++) {
    await scene.create({ rid: 1 });
    if (i % 5 === 1) await scene.ask([], { rid: 2 });
    if (i % 5 === 2) (await scene.ask([], { rid: 2 })).leaves();
    if (i % 5 === 3) await scene.ask([], { rid: 3 });
    if (i % 5 === 4) await scene.ask([], { rid: 2, type: 'terminate' });
    await scene.says(said('x'));
  }
  expect([scene.manager.size, scene.admission.open, scene.clock.pending]).toEqual([800, 800, 1]);
  scene.clock.advance(150_000);
  expect([scene.manager.size, scene.admission.open, scene.clock.pending]).toEqual([0, 0, 0]);
  expect(scene.links.every(({ end }) => end !== undefined)).toBe(true);
});
