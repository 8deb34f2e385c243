import { expect, test } from 'vitest';
import { type EmbeddedElement, type LoaderPage, loadOnSight } from './loader.js';

/** A page without a DOM; `taken` is shared by the copies of a loader on it. */
function scene(taken = new Set<string>()) {
  const sighted = new Set<(tag: string) => void>();
  const onlines = new Set<() => void>();
  const inPage: string[] = [];
  const defined = new Set<string>();
  const page: LoaderPage = {
    taken,
    defined: (tag) => defined.has(tag),
    onSight: (_, seen) => {
      sighted.add(seen);
      for (const tag of inPage) seen(tag);
      return () => sighted.delete(seen);
    },
    onOnline: (run) => {
      onlines.add(run);
      return () => onlines.delete(run);
    },
  };
  const registered: string[] = [];
  const asked: string[] = [];
  let reachable = true;
  const chunk = (tag: string) => async (): Promise<EmbeddedElement> => {
    asked.push(tag);
    if (!reachable) throw new TypeError('Failed to fetch');
    return {
      register: (home) => {
        defined.add(tag);
        registered.push(`${tag} ${home}`);
      },
    };
  };
  return {
    registered,
    asked,
    defined,
    put: (...tags: string[]) => inPage.push(...tags),
    start: () => loadOnSight(page, 'https://a', new Map(['x-a', 'x-b'].map((tag) => [tag, chunk(tag)]))),
    add: (tag: string) => {
      for (const seen of [...sighted]) seen(tag);
    },
    network: (there: boolean) => {
      reachable = there;
    },
    online: () => {
      for (const run of [...onlines]) run();
    },
    listeners: () => sighted.size + onlines.size,
  };
}
/** Lets promises settle. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

test('a tag is fetched when it is in the page, once, and the others are not', async () => {
  const { put, start, asked, registered, add } = scene();
  put('x-a', 'x-a');
  start();
  expect(asked).toEqual(['x-a']);
  await settle();
  expect(registered).toEqual(['x-a https://a']);
  add('x-a');
  expect(asked).toEqual(['x-a']);
});

test('a tag that comes later is fetched then; with the last one the page is let go of', async () => {
  const { put, start, add, registered, listeners } = scene();
  put('x-a');
  start();
  await settle();
  expect(listeners()).toBe(2);
  add('x-b');
  await settle();
  expect(registered).toEqual(['x-a https://a', 'x-b https://a']);
  expect(listeners()).toBe(0);
});

test('what could not be fetched is asked for again when the network is back', async () => {
  const { put, start, asked, online, network, registered } = scene();
  put('x-a');
  network(false);
  start();
  await settle();
  online();
  await settle();
  network(true);
  online();
  await settle();
  online();
  expect(asked).toEqual(['x-a', 'x-a', 'x-a']);
  expect(registered).toEqual(['x-a https://a']);
});

test('or when its tag is seen once more', async () => {
  const { put, start, add, network, registered } = scene();
  put('x-a');
  network(false);
  start();
  await settle();
  network(true);
  add('x-a');
  await settle();
  expect(registered).toEqual(['x-a https://a']);
});

test('a tag that the page has registered by itself is never fetched', () => {
  const { put, start, asked, defined } = scene();
  defined.add('x-a');
  put('x-a');
  start();
  expect(asked).toEqual([]);
});

test('of two copies the first one takes the tag, and the second one where the first one fails', async () => {
  const taken = new Set<string>();
  const [first, second] = [scene(taken), scene(taken)];
  first.put('x-a');
  second.put('x-a');
  first.network(false);
  first.start();
  second.start();
  expect(second.asked).toEqual([]);
  await settle();
  second.add('x-a');
  await settle();
  expect(second.registered).toEqual(['x-a https://a']);
  first.add('x-a');
  expect(first.asked).toHaveLength(1);
});
