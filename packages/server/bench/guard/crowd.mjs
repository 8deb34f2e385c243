// Users who hear a room: on the server by XMPP with stream management, on the bare broadcast as mere sockets. Both are
// the clients of `meerkat load`, so that a server sees the same reads, at the same pace.

import { escapeAttr, NS } from '@meerkat-chat/xmpp';
import { NumberFinder, numberedBody } from '../../dist/load/clients/frame.js';
import { SaltedPasswords } from '../../dist/load/clients/scram.js';
import { User } from '../../dist/load/clients/user.js';
import { connectWebSocket } from '../../dist/load/clients/websocket-wire.js';
import { createLoadEnv } from '../../dist/load/runtime.js';

const DOMAIN = 'localhost';
const ROOM = `bench@rooms.${DOMAIN}`;
const RUN = 'bench';
/** Characters of a body, as peers are measured with. */
const BODY = 100;
/** Sign-ins at the same time. */
const RAMP = 20;
/** Bytes that are read at once. */
const READ_BUFFER = 256 * 1024;
/** How long one message may take to all. */
const PATIENCE = 10_000;

const stanza = (number) =>
  `<message xmlns="${NS.client}" to="${escapeAttr(ROOM)}" type="groupchat" id="${number}">` +
  `<body>${numberedBody(RUN, number, BODY)}</body></message>`;

/**
 * Says one message after the other, each when the one before has come to everybody: one write per delivery, on either
 * side, however busy the machine is.
 */
class Crowd {
  #send;
  #size;
  #number = 0;
  #missing = 0;
  #arrived = () => {};
  #leave;
  /** Bytes of the last delivery. */
  bytes = 0;

  /**
   * @param {number} size
   * @param {(sender: number, stanza: string) => void} send
   * @param {() => void} leave lets all connections go
   */
  constructor(size, send, leave) {
    this.#size = size;
    this.#send = send;
    this.#leave = leave;
  }

  /** Lets all connections go. */
  leave() {
    this.#leave();
  }

  /** Takes note of one delivery. */
  delivered() {
    if (--this.#missing === 0) this.#arrived();
  }

  /** @throws Error when one of them does not come to everybody within ten seconds */
  async say(messages) {
    for (let count = 0; count < messages; count++) {
      this.#missing = this.#size;
      const number = this.#number++;
      await new Promise((resolve, reject) => {
        const late = setTimeout(
          () => reject(new Error(`message ${number} did not come to ${this.#missing} of ${this.#size}`)),
          PATIENCE,
        );
        this.#arrived = () => {
          clearTimeout(late);
          resolve();
        };
        this.#send(number % this.#size, stanza(number));
      });
    }
  }
}

const target = (url) => ({
  url: url.href,
  domain: DOMAIN,
  credentials: { kind: 'guest' },
  sasl2: false,
  streamManagement: true,
});

/** Opens WebSockets to one place. @param {URL} base where the server listens */
function dialler(base, env) {
  const url = new URL('/xmpp-websocket', base);
  url.protocol = 'ws:';
  const shared = Buffer.alloc(READ_BUFFER);
  const options = { url, localAddress: undefined, trustAnyCertificate: false };
  return { url, dial: (listener) => connectWebSocket(options, listener, env, shared) };
}

async function all(size, one) {
  let next = 0;
  const lane = async () => {
    while (next < size) await one(next++);
  };
  await Promise.all(Array.from({ length: RAMP }, lane));
}

/** Signs guests in and lets them join one room. @param {URL} base where the server listens */
export async function roomCrowd(base, size) {
  const env = createLoadEnv();
  const { dial, url } = dialler(base, env);
  const users = [];
  const crowd = new Crowd(
    size,
    (sender, text) => users[sender].send(text),
    () => {
      for (const user of users) user.drop();
    },
  );
  let length = 0;
  const connect = (_index, listener) =>
    dial({
      ended: listener.ended,
      frame(bytes) {
        length = bytes.length;
        listener.frame(bytes);
      },
    });
  const salted = new SaltedPasswords();
  await all(size, async (index) => {
    const user = new User(
      connect,
      { target: target(url), env, salted, index, resumes: false },
      new NumberFinder(RUN),
      {
        numbered() {
          crowd.bytes = length;
          crowd.delivered();
        },
        presence() {},
        connected() {},
        lost: (why) => {
          throw new Error(`user ${index} was lost: ${why}`);
        },
      },
    );
    users[index] = user;
    await user.signIn();
    await user.join(ROOM);
  });
  return crowd;
}

/** Connects as many sockets to the bare broadcast. */
export async function bareCrowd(base, size) {
  const env = createLoadEnv();
  const wires = [];
  const crowd = new Crowd(
    size,
    (sender, text) => wires[sender].send(text),
    () => {
      for (const wire of wires) wire.drop();
    },
  );
  const { dial } = dialler(base, env);
  await all(size, async (index) => {
    wires[index] = await dial({
      frame: () => crowd.delivered(),
      ended: (why) => {
        throw new Error(`socket ${index} was lost: ${why}`);
      },
    });
  });
  return crowd;
}
