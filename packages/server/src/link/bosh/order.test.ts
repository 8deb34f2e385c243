import { describe, expect, test } from 'vitest';
import { BoshScene, said } from '../../testing/bosh-scene.js';

const RECOVERABLE = { type: 'error' };
const NOT_FOUND = { type: 'terminate', condition: 'item-not-found' };

async function begun(body = {}, options = {}) {
  const scene = new BoshScene(options);
  await scene.create(body);
  scene.stream.heard.length = 0;
  return scene;
}

describe('requests are taken in the order of their ids', () => {
  test('whatever the order in which they come', async () => {
    const scene = await begun();
    const second = await scene.ask([said('b')], { rid: 1002 });
    expect(scene.stream.heard).toEqual([]);
    const first = await scene.ask([said('a')], { rid: 1001 });
    expect(scene.stream.heard).toEqual(['a', 'b']);
    expect([first.frames, second.reply]).toEqual([[], undefined]);
    await scene.says(said('c'));
    expect(second.frames).toEqual(['c']);
  });

  test('a window of `requests` beyond the last is open, and no more', async () => {
    const scene = await begun();
    expect((await scene.ask([], { rid: 1002 })).reply).toBeUndefined();
    const beyond = await scene.ask([], { rid: 1003 });
    expect(beyond.body).toEqual(NOT_FOUND);
    expect(scene.stream.end).toEqual({ clean: false, reason: 'item-not-found' });
    expect(scene.manager.size).toBe(0);
  });

  test('one more is allowed for a last word', async () => {
    const scene = await begun();
    const [held, early] = [await scene.ask([], { rid: 1001 }), await scene.ask([], { rid: 1003 })];
    const last = await scene.ask([], { rid: 1004, type: 'terminate' });
    expect([held.reply, early.reply, last.reply]).toEqual([undefined, undefined, undefined]);
    await scene.ask([], { rid: 1002 });
    expect(scene.stream.heard).toEqual(['close']);
    expect([early.reply, last.reply].map((reply) => reply !== undefined)).toEqual([true, true]);
  });

  test('more at once than were agreed on are too many', async () => {
    const scene = await begun({ hold: 2 });
    await scene.ask([], { rid: 1001 });
    await scene.ask([], { rid: 1002 });
    expect((await scene.ask([], { rid: 1004 })).reply).toBeUndefined();
    await scene.ask([], { rid: 1005 });
    expect(scene.stream.end).toEqual({ clean: false, reason: 'policy-violation' });
  });

  test('a gap that is never filled ends the session', async () => {
    const scene = await begun();
    const early = await scene.ask([], { rid: 1002 });
    scene.clock.advance(74_000);
    expect(early.reply).toBeUndefined();
    scene.clock.advance(1_000);
    expect(early.body).toEqual(NOT_FOUND);
    expect(scene.manager.size).toBe(0);
  });

  test('two held: the oldest is answered as soon as there is something to say', async () => {
    const scene = await begun({ hold: 2 });
    const [first, second] = [await scene.ask(), await scene.ask()];
    expect([first.reply, second.reply]).toEqual([undefined, undefined]);
    await scene.says(said('x'));
    expect([first.frames, second.reply]).toEqual([['x'], undefined]);
    const third = await scene.ask([said('y')]);
    expect([second.reply, third.reply]).toEqual([undefined, undefined]);
    await scene.ask();
    expect(second.frames).toEqual([]);
  });
});

describe('a stream that cannot take more', () => {
  test('is given nothing until it can, and then all in order', async () => {
    const scene = await begun();
    await scene.ask([said('a')]);
    scene.stream.link.hold?.(true);
    const second = await scene.ask([said('b')]);
    expect([scene.stream.heard, second.reply]).toEqual([['a'], undefined]);
    scene.stream.link.hold?.(false);
    expect(scene.stream.heard).toEqual(['a', 'b']);
    await scene.says(said('x'));
    await scene.ask([said('c')]);
    expect(scene.stream.heard).toEqual(['a', 'b', 'c']);
  });

  test('and says so in the midst of a body, is given the rest of that body only', async () => {
    const scene = await begun();
    let held = false;
    scene.stream.link.onFrame(() => {
      held = !held;
      scene.stream.link.hold?.(held);
    });
    await scene.ask([said('b')], { rid: 1002 });
    await scene.ask([said('a1'), said('a2'), said('a3')], { rid: 1001 });
    expect(scene.stream.heard).toEqual(['a1', 'a2', 'a3']);
    scene.stream.link.hold?.(false);
    expect(scene.stream.heard).toEqual(['a1', 'a2', 'a3', 'b']);
  });

  test('keeps its session, however long that takes', async () => {
    const scene = await begun({}, { limits: { wait: 600_000 } });
    scene.stream.link.hold?.(true);
    await scene.ask([said('a')]);
    scene.clock.advance(300_000);
    scene.stream.link.hold?.(false);
    expect([scene.stream.heard, scene.stream.end]).toEqual([['a'], undefined]);
  });
});

describe('a repeated request', () => {
  test('gets the same bytes, and is not taken twice', async () => {
    const scene = await begun();
    const first = await scene.ask([said('once')]);
    await scene.says(said('answer'));
    const again = await scene.ask([said('once')], { rid: 1001 });
    expect(again.reply).toBe(first.reply);
    expect(again.status).toBe(200);
    expect(scene.stream.heard).toEqual(['once']);
    const opening = await scene.raw(
      `<body xmlns="http://jabber.org/protocol/httpbind" rid="1000" sid="${scene.sid}"/>`,
    );
    expect(opening.body).toMatchObject({ sid: scene.sid, requests: 2 });
  });

  test('takes the place of its first copy that still waits', async () => {
    const scene = await begun();
    const first = await scene.ask();
    const again = await scene.ask([], { rid: 1001 });
    expect([first.body, again.reply]).toEqual([RECOVERABLE, undefined]);
    await scene.says(said('x'));
    expect(again.frames).toEqual(['x']);
  });

  test('also when its turn has not come', async () => {
    const scene = await begun();
    const first = await scene.ask([said('b')], { rid: 1002 });
    const again = await scene.ask([said('b')], { rid: 1002 });
    expect(first.body).toEqual(RECOVERABLE);
    await scene.ask([said('a')], { rid: 1001 });
    expect(scene.stream.heard).toEqual(['a', 'b']);
    await scene.says(said('x'));
    expect(again.frames).toEqual(['x']);
  });

  test('is kept for as many as `requests`, and is not found beyond', async () => {
    const scene = await begun();
    for (const text of ['1', '2', '3']) {
      await scene.ask();
      await scene.says(said(text));
    }
    expect((await scene.ask([], { rid: 1002 })).frames).toEqual(['2']);
    const old = await scene.ask([], { rid: 1001 });
    expect(old.body).toEqual(NOT_FOUND);
    expect(scene.stream.end?.clean).toBe(false);
  });
});

describe('acknowledgements', () => {
  test('are told where they differ from the request, once the client takes part', async () => {
    const scene = await begun({ ack: 1, hold: 1 });
    const first = await scene.ask();
    const second = await scene.ask([said('x')]);
    expect(first.body).toEqual({ ack: 1002 });
    await scene.says(said('y'));
    expect(second.body).toEqual({});
  });

  test('are not told to a client that takes no part', async () => {
    const scene = await begun();
    const first = await scene.ask();
    await scene.ask();
    expect(first.body).toEqual({});
  });

  test('a reply that the client has missed is reported, with its age', async () => {
    const scene = await begun({ ack: 1 });
    const lost = await scene.ask();
    await scene.says(said('lost'));
    scene.clock.advance(1_500);
    const next = await scene.ask([], { ack: 1000 });
    await scene.says(said('more'));
    expect(next.body).toEqual({ report: 1001, time: 1500 });
    expect((await scene.ask([], { rid: 1001 })).reply).toBe(lost.reply);
    const quiet = await scene.ask();
    await scene.says(said('and more'));
    expect(quiet.body).toEqual({});
  });

  test('what was acknowledged is forgotten', async () => {
    const scene = await begun({ ack: 1 });
    await scene.ask();
    await scene.says(said('x'));
    await scene.ask([], { ack: 1001 });
    expect((await scene.ask([], { rid: 1001 })).body).toEqual(NOT_FOUND);
  });
});
