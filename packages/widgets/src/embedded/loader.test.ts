import { expect, test } from 'vitest';
import { type EmbeddedElement, type LoaderPage, loadOnSight } from './loader.js';

/** A page without a DOM; `taken` is shared by the copies of a loader on it. */
function scene(taken = new Map<string, string>(), home = 'https://a') {
  const sighted = new Set<(tag: string) => void>();
  const onlines = new Set<() => void>();
  const inPage: string[] = [];
  const defined = new Map<string, string>();
  const warnings: string[] = [];
  const page: LoaderPage = {
    taken,
    defined: (tag) => defined.get(tag),
    warn: (text) => warnings.push(text),
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
      register: (server) => {
        defined.set(tag, server);
        registered.push(`${tag} ${server}`);
      },
    };
  };
  return {
    registered,
    asked,
    defined,
    warnings,
    put: (...tags: string[]) => inPage.push(...tags),
    start: () => loadOnSight(page, home, new Map(['x-a', 'x-b'].map((tag) => [tag, chunk(tag)]))),
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
  const { put, start, asked, defined, warnings } = scene();
  defined.set('x-a', 'https://a');
  put('x-a');
  start();
  expect(asked).toEqual([]);
  expect(warnings).toEqual([]);
});

test('whose tags talk to another server is said once, whatever the number of tags', async () => {
  const taken = new Map<string, string>();
  const [first, second] = [scene(taken), scene(taken, 'https://b')];
  for (const { put, start } of [first, second]) {
    put('x-a', 'x-b', 'x-a');
    start();
  }
  await settle();
  second.add('x-a');
  expect(first.warnings).toEqual([]);
  expect(second.warnings).toEqual([expect.stringMatching(/^<x-a> .*already.*src="https:\/\/b"$/)]);
  expect(second.asked).toEqual([]);
});

test('so it is of tags that somebody else has registered', () => {
  const { put, start, defined, warnings } = scene();
  defined.set('x-a', '');
  put('x-a');
  start();
  expect(warnings).toHaveLength(1);
});

test('of two copies the first one takes the tag, and the second one where the first one fails', async () => {
  const taken = new Map<string, string>();
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
