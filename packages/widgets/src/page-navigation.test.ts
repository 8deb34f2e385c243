import { expect, test } from 'vitest';
import { type NavigatedView, watchPage } from './page-navigation.js';

/** A window whose page is what `here` says, with a head that tells when it changes. */
function scene(navigation?: EventTarget) {
  const observers = new Set<() => void>();
  let here = 'a';
  const view = Object.assign(new EventTarget(), {
    document: Object.assign(new EventTarget(), { head: {} as Node }),
    history: {
      pushState: (to: string) => {
        here = to;
      },
      replaceState: (to: string) => {
        here = to;
      },
    },
    navigation,
    MutationObserver: class {
      readonly #seen: () => void;
      constructor(seen: () => void) {
        this.#seen = seen;
      }
      observe() {
        observers.add(this.#seen);
      }
      disconnect() {
        observers.delete(this.#seen);
      }
    },
  });
  const heard: string[] = [];
  const end = new AbortController();
  return {
    heard,
    end,
    observers,
    history: view.history as unknown as Pick<History, 'pushState' | 'replaceState'> & {
      pushState(to: string): void;
      replaceState(to: string): void;
    },
    view,
    is: (name: string) => {
      here = name;
    },
    headChanges: () => {
      for (const seen of [...observers]) seen();
    },
    watch: (now = 'a') =>
      watchPage(
        now,
        () => heard.push(here),
        end.signal,
        view as unknown as NavigatedView,
        () => here,
      ),
  };
}

test('a page that a script has moved, and back', () => {
  const { watch, history, heard, view, is } = scene();
  watch();
  history.pushState('b');
  history.replaceState('c');
  is('b');
  view.dispatchEvent(new Event('popstate'));
  expect(heard).toEqual(['b', 'c', 'b']);
});

test('with the Navigation API, nothing of the page is touched', () => {
  const navigation = new EventTarget();
  const { watch, history, heard } = scene(navigation);
  const { pushState } = history;
  watch();
  expect(history.pushState).toBe(pushState);
  history.pushState('b');
  navigation.dispatchEvent(new Event('currententrychange'));
  expect(heard).toEqual(['b']);
});

test('Turbo, and a canonical link that comes later', () => {
  const { watch, heard, view, is, headChanges } = scene(new EventTarget());
  watch();
  is('b');
  view.document.dispatchEvent(new Event('turbo:load'));
  is('c');
  headChanges();
  expect(heard).toEqual(['b', 'c']);
});

test('what leaves the page the same one is not told: another query, a style in the head', () => {
  const { watch, heard, history, headChanges } = scene();
  watch();
  history.replaceState('a');
  headChanges();
  expect(heard).toEqual([]);
});

test('a page that moved while this was loaded', () => {
  const { watch, heard, is } = scene();
  is('b');
  watch('a');
  expect(heard).toEqual(['b']);
});

test('two who watch hear it once each; in the end nothing is heard or held', () => {
  const { watch, heard, history, end, observers, view } = scene();
  watch();
  watch();
  history.pushState('b');
  expect(heard).toEqual(['b', 'b']);
  end.abort();
  expect(observers.size).toBe(0);
  history.pushState('c');
  view.document.dispatchEvent(new Event('turbo:load'));
  expect(heard).toHaveLength(2);
});
