import type { BoxMemory } from './box-memory.js';

/** Where somebody reads in a room, as `<chat-room>` tells it. */
export interface KeptPlace {
  readonly key: string;
  readonly offset: number;
}

/** What a box remembers of the room inside of it: loaded with the room. */
export class RoomMemory {
  readonly #box: BoxMemory;

  constructor(box: BoxMemory) {
    this.#box = box;
  }

  get draft(): string {
    return this.#read('draft') ?? '';
  }

  set draft(text: string) {
    this.#write('draft', text || undefined);
  }

  /** Undefined while the newest message is followed. What is read from storage is not trusted. */
  get place(): KeptPlace | undefined {
    try {
      const { key, offset } = JSON.parse(this.#read('place') ?? 'null') ?? {};
      return typeof key === 'string' && typeof offset === 'number' ? { key, offset } : undefined;
    } catch {
      return undefined;
    }
  }

  set place(place: KeptPlace | undefined) {
    this.#write('place', place && JSON.stringify(place));
  }

  /** Tells what is drafted in other tabs, until undone. */
  watch(onDraft: (text: string) => void): () => void {
    const mine = `${this.#box.prefix}draft`;
    return this.#box.keep.watch((key, value) => {
      if (key === mine) onDraft(value ?? '');
    });
  }

  #read(name: string): string | undefined {
    return this.#box.keep.read(this.#box.prefix + name);
  }

  #write(name: string, value: string | undefined): void {
    this.#box.keep.write(this.#box.prefix + name, value);
  }
}
