// A real server of a turn's own, and people who talk in a room of it.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root, run } from '../../../../scripts/lib/run.mjs';
import { startMeasured } from '../../../server/bench/guard/measured-process.mjs';
import { talk } from '../pages/flood.js';

/** The room that all are in. */
export const ROOM = 'bench';
const ADDRESS = `${ROOM}@rooms.localhost`;
/** An account, for who cannot come as a guest. */
export const ACCOUNT = { jid: 'reader@localhost', password: 'reads-along' };
/** Bytes that a talker reads at once. */
const READ_BUFFER = 64 * 1024;

/**
 * Starts a server, and ends it when `play` has.
 * @param {(url: URL) => Promise<T>} play
 * @returns {Promise<T>}
 * @template T
 */
export async function withServer(play) {
  const data = await mkdtemp(path.join(tmpdir(), 'meerkat-bench-'));
  const args = ['start', '--port', '0', '--no-limits', '--data', data];
  const main = path.join(root, 'packages/server/dist/main.js');
  const server = await startMeasured(main, args, { MEERKAT_LOG__LEVEL: 'error' });
  try {
    const add = ['user', 'add', 'reader', '--password', ACCOUNT.password, '--data', data];
    const { code, output } = await run(process.execPath, [main, ...add], { quiet: true });
    if (code !== 0) throw new Error(`no account could be made: ${output}`);
    return await play(server.url);
  } finally {
    await server.stop();
    await rm(data, { recursive: true, force: true });
  }
}

const stanza = (number, text) =>
  `<message xmlns="jabber:client" to="${ADDRESS}" type="groupchat" id="t${number}"><body>${text}</body></message>`;

/** Guests who talk in the room: the clients of `meerkat load`. */
export class Talkers {
  #users = [];
  #talk = talk();

  /** Signs them in and lets them join. @param {URL} server @param {number} size how many */
  static async join(server, size) {
    const talkers = new Talkers();
    // After the build, of which they are.
    const load = path.join(root, 'packages/server/dist/load');
    const [{ NumberFinder }, { SaltedPasswords }, { User }, { connectWebSocket }, { createLoadEnv }] =
      await Promise.all(
        [
          'clients/frame.js',
          'clients/scram.js',
          'clients/user.js',
          'clients/websocket-wire.js',
          'runtime.js',
        ].map((file) => import(path.join(load, file))),
      );
    const env = createLoadEnv();
    const url = new URL('/xmpp-websocket', server);
    url.protocol = 'ws:';
    const target = {
      url: url.href,
      domain: 'localhost',
      credentials: { kind: 'guest' },
      sasl2: false,
      streamManagement: true,
    };
    const shared = Buffer.alloc(READ_BUFFER);
    const wire = { url, localAddress: undefined, trustAnyCertificate: false };
    for (let index = 0; index < size; index++) {
      const user = new User(
        (_index, listener) => connectWebSocket(wire, listener, env, shared),
        { target, env, salted: new SaltedPasswords(), index, resumes: false },
        new NumberFinder('bench'),
        {
          numbered() {},
          presence() {},
          connected() {},
          lost: (why) => console.error(`a talker was lost: ${why}`),
        },
      );
      await user.signIn();
      await user.join(ADDRESS);
      talkers.#users.push(user);
    }
    return talkers;
  }

  /** Says one more thing. @returns {string} its text */
  say() {
    const { number, text } = this.#talk.next().value;
    this.#users[number % this.#users.length].send(stanza(number, text));
    return text;
  }

  /** Says so many things a second, by the clock. @returns {Promise<string>} the last text */
  async flood({ rate, seconds }) {
    const begun = performance.now();
    const due = rate * seconds;
    let last = '';
    for (let said = 0; said < due; ) {
      const wanted = Math.min(due, Math.floor(((performance.now() - begun) / 1000) * rate));
      for (; said < wanted; said++) last = this.say();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return last;
  }

  leave() {
    for (const user of this.#users) user.drop();
  }
}
