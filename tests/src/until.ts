import type { Readable } from '@meerkat-chat/sdk';

/** Waits until a store has a value that fits. */
export function until<T>(store: Readable<T>, fits: (value: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    const off = store.subscribe((value) => {
      if (fits(value)) done(value);
    });
    const done = (value: T): void => {
      off();
      resolve(value);
    };
    if (fits(store.value)) done(store.value);
  });
}
