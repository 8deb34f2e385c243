import { NS } from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test } from 'vitest';
import type { Target } from '../target.js';
import { NumberFinder } from './frame.js';
import { SaltedPasswords } from './scram.js';
import { User } from './user.js';
import type { WireListener } from './wire.js';

const TARGET: Target = {
  url: 'ws://localhost/',
  domain: 'localhost',
  credentials: { kind: 'password', prefix: 'load-', password: 'secret', mechanism: 'PLAIN' },
  sasl2: false,
  streamManagement: true,
};

/** Lets everything run that waits for nothing but its turn. */
const settle = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** A user on wires whose other end is the test. */
class World {
  readonly clock = new FakeClock();
  readonly said: string[] = [];
  readonly heard: string[] = [];
  readonly user: User;
  #listener: WireListener | undefined;

  constructor(target = TARGET) {
    const context = {
      target,
      env: { clock: this.clock, random: new SeededRandom(1) },
      salted: new SaltedPasswords(),
      index: 3,
      resumes: false,
    };
    const connect = async (_index: number, listener: WireListener) => {
      this.#listener = listener;
      return {
        open: () => this.said.push('open'),
        send: (text: string) => this.said.push(text),
        pause: () => {},
        unpause: () => {},
        drop: () => this.heard.push('dropped'),
        close: () => {},
      };
    };
    this.user = new User(connect, context, new NumberFinder('run'), {
      numbered: (number) => this.heard.push(`number ${number}`),
      presence: () => this.heard.push('presence'),
      lost: (why) => this.heard.push(`lost ${why}`),
      connected: (by) => this.heard.push(`connected ${by}`),
    });
  }

  async hears(...frames: readonly string[]): Promise<void> {
    for (const frame of frames) {
      this.#listener?.frame(Buffer.from(frame));
      await settle();
    }
  }

  end(why: string): void {
    this.#listener?.ended(why);
  }

  last(): string | undefined {
    return this.said.at(-1);
  }

  async signedIn(): Promise<void> {
    const done = this.user.signIn();
    await settle();
    await this.hears(
      '<stream:features/>',
      `<success xmlns="${NS.sasl}"/>`,
      '<stream:features/>',
      '<iq type="result" id="bind"><bind><jid>load-3@localhost/r</jid></bind></iq>',
      `<enabled xmlns="${NS.sm}" id="sm1" resume="true"/>`,
    );
    await done;
    this.said.length = 0;
    this.heard.length = 0;
  }
}

const numbered = (number: number): string => `<message><body>run-${number} xx</body></message>`;

describe('signing in', () => {
  test('the classic way: PLAIN, bind, stream management', async () => {
    const world = new World();
    await world.signedIn();
    expect(world.user.jid).toBe('load-3@localhost/r');
    expect(world.user.connected).toBe(true);
  });

  test('a refusal is told, and the connection let go', async () => {
    const world = new World();
    const done = world.user.signIn();
    await settle();
    const told = expect(done).rejects.toThrow('not-authorized');
    await world.hears('<stream:features/>', `<failure xmlns="${NS.sasl}"><not-authorized/></failure>`);
    await told;
    expect(world.user.connected).toBe(false);
    expect(world.heard).toContain('dropped');
  });

  test('a server that says nothing is given up after two minutes', async () => {
    const world = new World();
    const told = expect(world.user.signIn()).rejects.toThrow('no answer within 120 s');
    await settle();
    world.clock.advance(119_999);
    expect(world.user.connected).toBe(true);
    world.clock.advance(1);
    await told;
    expect(world.clock.pending).toBe(0);
  });
});

describe('in a session', () => {
  test('stanzas are counted for <r/>, and nothing else is', async () => {
    const world = new World();
    await world.signedIn();
    await world.hears(numbered(1), '<presence/>', '<iq type="result"/>', `<a xmlns="${NS.sm}" h="0"/>`);
    await world.hears(`<r xmlns="${NS.sm}"/>`);
    expect(world.last()).toBe(`<a xmlns="${NS.sm}" h="3"/>`);
    expect(world.heard).toEqual(['number 1', 'presence']);
  });

  test('a message that came back as an error is no delivery', async () => {
    const world = new World();
    await world.signedIn();
    await world.hears(numbered(1).replace('<message', '<message type="error"'));
    expect(world.heard).toEqual([]);
  });

  test('a ping is answered', async () => {
    const world = new World();
    await world.signedIn();
    await world.hears(`<iq type="get" from="localhost" id="p&amp;1"><ping xmlns="${NS.ping}"/></iq>`);
    expect(world.last()).toBe(`<iq xmlns="${NS.client}" to="localhost" type="result" id="p&amp;1"/>`);
  });

  test('a join waits for the own presence among those of others, and may be refused', async () => {
    const world = new World();
    await world.signedIn();
    let joined = false;
    const join = world.user.join('r@rooms').then(() => {
      joined = true;
    });
    await world.hears('<presence from="r@rooms/other"/>');
    expect(joined).toBe(false);
    await world.hears(`<presence from="r@rooms/user-3"><status code='110'/></presence>`);
    await join;
    const again = world.user.join('r@rooms');
    let back = false;
    again.then(() => {
      back = true;
    });
    // Somebody who was removed and comes back at once may hear of the removal only then.
    await world.hears(
      `<presence type="unavailable"><x><status code="307"/><status code="110"/></x></presence>`,
    );
    expect(back).toBe(false);
    await world.hears(`<presence><x><status code="110"/></x></presence>`);
    await again;
    const refused = expect(world.user.join('full@rooms')).rejects.toThrow('refused');
    await world.hears('<presence type="error"/>');
    await refused;
  });

  test('a lost connection is told once, and to whoever waits', async () => {
    const world = new World();
    await world.signedIn();
    const refused = expect(world.user.join('r@rooms')).rejects.toThrow('network');
    world.end('network');
    await refused;
    expect(world.heard).toEqual(['connected -1', 'lost network']);
  });
});

describe('resuming', () => {
  test('says what was received, and sends again what was not acknowledged', async () => {
    const world = new World();
    await world.signedIn();
    world.user.send('<message id="1"/>');
    world.user.send('<message id="2"/>');
    await world.hears(numbered(1), numbered(2));
    world.user.drop();
    const resumed = world.user.resume();
    await settle();
    await world.hears('<stream:features/>', '<success/>', '<stream:features/>');
    expect(world.last()).toBe(`<resume xmlns="${NS.sm}" previd="sm1" h="2"/>`);
    world.said.length = 0;
    await world.hears(`<resumed xmlns="${NS.sm}" previd="sm1" h="1"/>`);
    expect(await resumed).toBe(true);
    expect(world.said).toEqual(['<message id="2"/>']);
  });

  test('a refusal leaves the user without a connection; the next session has another nick', async () => {
    const world = new World();
    await world.signedIn();
    expect(world.user.nick).toBe('user-3');
    world.user.drop();
    const resumed = world.user.resume();
    await settle();
    await world.hears('<stream:features/>', '<success/>', '<stream:features/>', '<failed/>');
    expect(await resumed).toBe(false);
    expect(world.user.connected).toBe(false);
    await world.signedIn();
    expect(world.user.nick).toBe('user-3-2');
  });
});
