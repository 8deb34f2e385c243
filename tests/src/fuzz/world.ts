import {
  type CrashingStorage,
  crashingStorage,
  createTestServer,
  type TestServer,
} from '@meerkat-chat/server/testing';
import { bareJid, parseDomainJid } from '@meerkat-chat/xmpp';
import { FakeClock, linkPair, type PairedLink, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { Person, type Wire } from './person.js';

const NICKS = ['anna', 'ben', 'chloe'];
/** Time goes by in pieces, so that the network can act in between. */
const PIECE = 250;
/** The least that the server can be set to keep a session without a link. */
const RESUME_TIME = 60_000;

/** The address of the room where everybody is. */
export const LOBBY = (() => {
  const host = parseDomainJid('rooms.localhost');
  const room = host && bareJid('lobby', host);
  if (room === undefined) throw new TypeError('not an address');
  return room;
})();

/** Lets everything happen that needs no time and no network. */
export async function turns(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
}

/**
 * Three people, one room, one server, and between them a network and a disk that chance moves. The server has a clock
 * of its own: one that was killed never gets another tick.
 */
export class World {
  readonly people: readonly Person[];
  readonly storage: CrashingStorage = crashingStorage();
  readonly random: SeededRandom;
  readonly #seed: number;
  readonly #clock = new FakeClock();
  #serverClock = new FakeClock();
  #server: TestServer | undefined;
  #starts = 0;

  private constructor(seed: number) {
    this.#seed = seed;
    this.random = new SeededRandom(seed);
    this.people = NICKS.map((nick, at) => {
      const env = { clock: this.#clock, random: new SeededRandom(seed * 7 + at) };
      return new Person(nick, env, () => this.#connect());
    });
  }

  /** A world where the server runs and nobody has come yet. */
  static async begin(seed: number): Promise<World> {
    const world = new World(seed);
    await world.startServer();
    return world;
  }

  get running(): boolean {
    return this.#server !== undefined;
  }

  async startServer(): Promise<void> {
    if (this.#server) return;
    this.#serverClock = new FakeClock(this.#clock.now());
    this.#server = await createTestServer({
      clock: this.#serverClock,
      random: new SeededRandom(this.#seed * 13 + ++this.#starts),
      storage: this.storage,
      limits: { resumeTimeout: RESUME_TIME },
      moduleSettings: { 'rate-limit': { enabled: false } },
    });
  }

  /** The process is gone from one moment to the next, and with it what was not on disk. */
  killServer(): void {
    if (!this.#server) return;
    this.#server = undefined;
    this.storage.crash();
    for (const person of this.people) for (const wire of person.wires) wire.cut();
  }

  /** It ends in order: it says goodbye, and writes down what it has taken. */
  async stopServer(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    const stopped = server.stop();
    this.storage.commit();
    await stopped;
    this.deliverAll();
    for (const person of this.people) for (const wire of person.wires) wire.cut();
  }

  /** Delivers everything that is on its way to people who can be reached. @returns how much that was */
  deliverAll(): number {
    let moved = 0;
    for (const { dark, wires } of this.people) {
      if (!dark) for (const wire of wires) moved += wire.up() + wire.down();
    }
    return moved;
  }

  /** Lets time pass, in whole milliseconds; with `deliver` the network and the disk work meanwhile. */
  async pass(span: number, deliver: boolean): Promise<void> {
    for (let left = Math.ceil(span); left > 0; left -= PIECE) {
      const piece = Math.min(left, PIECE);
      this.#clock.advance(piece);
      this.#serverClock.advance(piece);
      await turns();
      if (deliver) await this.quiet();
    }
  }

  /** Delivers and writes down until nothing moves any more. */
  async quiet(): Promise<void> {
    do {
      this.storage.commit();
      await turns();
    } while (this.deliverAll() > 0);
  }

  /** Ends it all, so that nothing of it goes on. */
  async end(): Promise<void> {
    for (const person of this.people) person.leave();
    await this.#server?.stop();
  }

  #connect(): readonly [PairedLink, Wire] {
    const [mine, theirs] = linkPair();
    const server = this.#server?.accept(theirs);
    if (!server) mine.cut('refused');
    const wire: Wire = {
      up: (count) => mine.flush(count),
      down: (count) => server?.flush(count) ?? 0,
      cut: () => mine.cut(),
      ended: () => mine.ended,
    };
    return [mine, wire];
  }
}
