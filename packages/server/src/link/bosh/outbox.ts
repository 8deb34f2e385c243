import type { SharedStanza } from '../../kernel/shared-stanza.js';

type Parcel = string | { readonly stanza: SharedStanza; readonly to: Buffer };

/** Frames that no reply carries yet. Shared stanzas stay shared until they leave. */
export class Outbox {
  readonly #parcels: { readonly parcel: Parcel; readonly bytes: number }[] = [];
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  get isEmpty(): boolean {
    return this.#parcels.length === 0;
  }

  text(frame: string): void {
    this.#put(frame, Buffer.byteLength(frame));
  }

  stanza(stanza: SharedStanza, to: Buffer): void {
    this.#put({ stanza, to }, stanza.size(to.length));
  }

  /** Takes the oldest frames, as many as fit in so many bytes, but at least one. */
  take(limit = Number.POSITIVE_INFINITY): Buffer[] {
    let count = 0;
    let size = 0;
    for (const { bytes } of this.#parcels) {
      if (count > 0 && size + bytes > limit) break;
      count++;
      size += bytes;
    }
    this.#bytes -= size;
    return this.#parcels
      .splice(0, count)
      .map(({ parcel }) =>
        typeof parcel === 'string' ? Buffer.from(parcel) : parcel.stanza.bytes(parcel.to),
      );
  }

  clear(): void {
    this.#parcels.length = 0;
    this.#bytes = 0;
  }

  #put(parcel: Parcel, bytes: number): void {
    this.#parcels.push({ parcel, bytes });
    this.#bytes += bytes;
  }
}
