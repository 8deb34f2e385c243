import { type BoxState, isBoxState } from './box-state.js';
import type { Keep } from './keep.js';
import { MAX_UNREAD } from './unread.js';

/** What another tab may change. */
export interface BoxChanges {
  readonly onState: (state: BoxState) => void;
  readonly onUnread: (keys: readonly string[]) => void;
}

/**
 * What a box remembers over pages and tabs, under names of its own for each room of each server. What is read from
 * storage is not trusted: any script of the site could have written it.
 */
export class BoxMemory {
  readonly keep: Keep;
  /** What all its keys begin with. */
  readonly prefix: string;

  /** @param room distinguishes the rooms of all servers, as `https://chat.example lobby` */
  constructor(keep: Keep, room: string) {
    this.keep = keep;
    this.prefix = `meerkat:box:${room}:`;
  }

  /** Undefined before the first visit. */
  get state(): BoxState | undefined {
    const value = this.#read('state');
    return isBoxState(value) ? value : undefined;
  }

  set state(state: BoxState) {
    this.#write('state', state);
  }

  /** The keys of the unread messages, at most `MAX_UNREAD`. */
  get unread(): readonly string[] {
    return keysOf(this.#read('unread'));
  }

  set unread(keys: readonly string[]) {
    this.#write('unread', keys.length === 0 ? undefined : JSON.stringify(keys));
  }

  /** Tells what other tabs change, until undone. */
  watch({ onState, onUnread }: BoxChanges): () => void {
    return this.keep.watch((key, value) => {
      if (key === `${this.prefix}state` && isBoxState(value)) onState(value);
      if (key === `${this.prefix}unread`) onUnread(keysOf(value));
    });
  }

  #read(name: string): string | undefined {
    return this.keep.read(this.prefix + name);
  }

  #write(name: string, value: string | undefined): void {
    this.keep.write(this.prefix + name, value);
  }
}

function keysOf(text: string | undefined): readonly string[] {
  const value = parsed(text);
  if (!Array.isArray(value)) return [];
  return value.filter((key) => typeof key === 'string').slice(0, MAX_UNREAD);
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
