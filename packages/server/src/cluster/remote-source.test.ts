import { el, messageEl, NS, presenceEl } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { SharedStanza } from '../kernel/shared-stanza.js';
import { type ClusterScene, createClusterScene, quiet } from '../testing/cluster-scene.js';
import { jidOf } from '../testing/room-scene.js';
import { RemoteSource, SOURCE_WINDOW } from './remote-source.js';

const stanza = (n: number) => SharedStanza.of(presenceEl({}, el('status', NS.client, {}, `${n}`)));

/** So many presences, and how many of them were asked for. */
class Presences implements Iterator<SharedStanza, unknown> {
  asked = 0;
  readonly #count: number;
  constructor(count: number) {
    this.#count = count;
  }
  next(): IteratorResult<SharedStanza, unknown> {
    if (this.asked === this.#count) return { done: true, value: undefined };
    return { done: false, value: stanza(this.asked++) };
  }
}

/** A session on `b` that takes only what the test lets it. */
async function slowReader(scene: ClusterScene) {
  const ben = scene.b.bind('ben@localhost/page');
  ben.slow = true;
  await quiet();
  return ben;
}

const texts = (session: { takes(): readonly { readonly children: readonly unknown[] }[] }) =>
  session
    .takes()
    .map(({ children }) => String((children[0] as { children: readonly unknown[] }).children[0]));

test('a source on another node is read no further ahead than its window, and in order', async () => {
  const scene = await createClusterScene();
  const ben = await slowReader(scene);
  const source = new Presences(100);
  scene.a.router.stream(source, ben.jid);
  await quiet();
  expect(source.asked).toBe(0);
  ben.pulls(1);
  await quiet();
  expect(source.asked).toBe(SOURCE_WINDOW);
  for (let taken = 1; taken <= 100; taken++) {
    ben.pulls(1);
    await quiet();
    expect(source.asked - taken).toBeLessThanOrEqual(SOURCE_WINDOW);
    expect(source.asked).toBeGreaterThanOrEqual(Math.min(100, taken + SOURCE_WINDOW / 2));
  }
  ben.pulls();
  expect(texts(ben)).toEqual(Array.from({ length: 100 }, (_, n) => `${n}`));
  await quiet();
  expect(scene.a.stats()).toMatchObject({ underWay: 0 });
  expect(scene.b.stats()).toMatchObject({ underWay: 0 });
});

test.each([0, 1, SOURCE_WINDOW - 1, SOURCE_WINDOW, SOURCE_WINDOW + 1])(
  'a source of %i is read to its end by itself, and what was sent later comes behind it',
  async (count) => {
    const scene = await createClusterScene();
    const ben = scene.b.bind('ben@localhost/page');
    await quiet();
    scene.a.router.stream(new Presences(count), ben.jid);
    const from = jidOf('lobby@rooms.localhost/x');
    scene.a.router.fanOut(SharedStanza.of(messageEl({ from }, el('body', NS.client, {}, 'later'))), [
      ben.jid,
    ]);
    scene.b.router.send(messageEl({ from, to: ben.jid }, el('body', NS.client, {}, 'from here')));
    await quiet();
    const heard = texts(ben);
    expect(heard.filter((text) => /\d/.test(text))).toEqual(Array.from({ length: count }, (_, n) => `${n}`));
    expect(heard.at(-1)).toBe('later');
    expect(heard).toContain('from here');
  },
);

test('nothing more is asked of a source when its reader ends, nor when the nodes lose each other', async () => {
  const scene = await createClusterScene();
  const ben = await slowReader(scene);
  const [first, second] = [new Presences(100), new Presences(100)];
  scene.a.router.stream(first, ben.jid);
  await quiet();
  ben.pulls(1);
  await quiet();
  ben.end('closed');
  await quiet();
  expect([first.asked, scene.a.stats().underWay, scene.b.stats().underWay]).toEqual([SOURCE_WINDOW, 0, 0]);

  const again = await slowReader(scene);
  scene.a.router.stream(second, again.jid);
  const later = SharedStanza.of(presenceEl({}, el('status', NS.client, {}, 'later')));
  scene.a.router.fanOut(later, [again.jid]);
  await quiet();
  again.pulls(1);
  await quiet();
  again.pulls(2);
  scene.network.kill('a');
  again.pulls();
  // What has come is read, then what came behind it.
  expect(texts(again)).toEqual([...Array.from({ length: SOURCE_WINDOW }, (_, n) => `${n}`), 'later']);
  expect(scene.b.stats()).toMatchObject({ underWay: 0 });
});

test('a source that fails is at its end, and the rest goes on', async () => {
  const scene = await createClusterScene();
  const ben = scene.b.bind('ben@localhost/page');
  await quiet();
  scene.a.router.stream(
    {
      next: () => {
        throw new Error('a bug');
      },
    },
    ben.jid,
  );
  scene.a.router.fanOut(stanza(7), [ben.jid]);
  await quiet();
  expect(texts(ben)).toEqual(['7']);
});

test('it is asked in halves of the window', () => {
  const asked: number[] = [];
  const source = new RemoteSource((count) => asked.push(count));
  const read = (count: number) => {
    for (let n = 0; n < count; n++) source.next();
  };
  read(3);
  expect(asked).toEqual([SOURCE_WINDOW]);
  source.push(
    Array.from({ length: SOURCE_WINDOW }, (_, n) => stanza(n).text),
    false,
  );
  read(SOURCE_WINDOW / 2 - 1);
  expect(asked).toHaveLength(1);
  read(1);
  expect(asked).toEqual([SOURCE_WINDOW, SOURCE_WINDOW / 2]);
});
