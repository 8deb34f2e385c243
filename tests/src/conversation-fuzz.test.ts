import { randomInt } from 'node:crypto';
import type { Chat, Conversation } from '@meerkat-chat/sdk';
import { TestBrowser } from '@meerkat-chat/sdk/testing';
import { createTestServer, type TestServer } from '@meerkat-chat/server/testing';
import { linkPair, type PairedLink, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { turns } from './fuzz/world.js';

/** Some seconds on a quiet machine: what a test may take at most is for a busy one. */
const PATIENCE = 60_000;
const STEPS = 60;
/** So long a session is kept, in ms. */
const RESUME_TIME = 20_000;
const PINNED = [1, 2, 3];
const FRESH = Array.from({ length: 5 }, () => randomInt(1_000_000_000));

/** Somebody with an account, who talks with the other one. */
class Talker {
  readonly written: string[] = [];
  readonly #name: string;
  readonly #other: string;
  readonly #browser: TestBrowser;
  #link: PairedLink | undefined;
  #chat: Chat | undefined;
  #talk: Conversation | undefined;

  constructor(name: string, other: string, server: TestServer, seed: number) {
    this.#name = name;
    this.#other = other;
    this.#browser = new TestBrowser({
      env: { clock: server.clock, random: new SeededRandom(seed) },
      subtle: crypto.subtle,
      open: () => {
        const [mine, theirs] = linkPair({ auto: true });
        server.accept(theirs);
        this.#link = mine;
        return mine;
      },
    });
  }

  get rows() {
    return this.#talk?.messages.value ?? [];
  }

  get texts(): readonly string[] {
    return this.rows.map(({ text }) => text);
  }

  get isSettled(): boolean {
    const isIn = this.#talk?.status.value.state === 'joined' && this.#chat?.status.value.state === 'online';
    return isIn && this.rows.every(({ delivery }) => delivery.state === 'delivered');
  }

  get isLoaded(): boolean {
    return this.#talk?.status.value.state !== 'idle';
  }

  arrive(): void {
    const auth = { kind: 'password', username: this.#name, password: this.#name } as const;
    this.#chat = this.#browser.open({ server: 'http://localhost', auth });
    this.#talk = this.#chat.conversation(this.#other);
    this.#talk.join();
    this.#chat.start();
  }

  leave(): void {
    this.#browser.leave();
    this.#chat?.close();
  }

  write(text: string): void {
    this.#talk?.send(text);
    this.written.push(text);
  }

  cut(): void {
    this.#link?.cut();
  }
}

test.each([...PINNED, ...FRESH])(
  'over losses and reloads both see everything that was said, once: seed %i',
  async (seed) => {
    const random = new SeededRandom(seed);
    const server = await createTestServer({
      limits: { resumeTimeout: RESUME_TIME },
      moduleSettings: { 'rate-limit': { enabled: false } },
    });
    for (const name of ['romeo', 'juliet']) await server.addUser(name, name);
    const romeo = new Talker('romeo', 'juliet', server, seed * 3);
    const juliet = new Talker('juliet', 'romeo', server, seed * 3 + 1);
    const both = [romeo, juliet];
    for (const talker of both) talker.arrive();
    while (!both.every(({ isSettled }) => isSettled)) await turns();
    for (let step = 0; step < STEPS; step++) {
      const talker = random.number() < 0.5 ? romeo : juliet;
      const dice = random.number();
      if (dice < 0.6) talker.write(`line ${step}`);
      // What was just written may have arrived, or not.
      if (dice > 0.5 && dice < 0.7) talker.cut();
      if (dice > 0.85) {
        await turns();
        talker.leave();
        talker.arrive();
        // A page that is left before its scripts have run has nothing to keep.
        while (!talker.isLoaded) await turns();
      }
      // Sometimes for so long that its session is gone, and what became of it has to be looked for.
      if (dice > 0.57 && dice < 0.6) server.clock.advance(2 * RESUME_TIME);
      if (dice > 0.7 && dice < 0.85) server.clock.advance(random.number() * 5_000);
      if (random.number() < 0.7) await turns();
      for (const { texts } of both) expect(texts, 'shown twice').toEqual([...new Set(texts)]);
    }
    // For long enough that what is looked for has been found, and a search that failed was begun again.
    for (let quiet = 0; quiet < 40; quiet = both.every(({ isSettled }) => isSettled) ? quiet + 1 : 0) {
      server.clock.advance(1_000);
      await turns();
    }
    const all = both.flatMap(({ written }) => written).sort();
    for (const { texts } of both) {
      expect([...texts].sort()).toEqual(all);
      for (const { written } of both) {
        expect(
          texts.filter((text) => written.includes(text)),
          'in the order of writing',
        ).toEqual(written);
      }
    }
    for (const talker of both) talker.leave();
    await server.stop();
  },
  PATIENCE,
);
