import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { el, type LinkEnd, messageEl, NS } from '@meerkat-chat/xmpp';
import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { silentLogger } from '../kernel/logger.js';
import { SharedStanza } from '../kernel/shared-stanza.js';
import { TurnShare } from '../kernel/turn-share.js';
import { Admission, DEFAULT_ADMISSION_LIMITS } from './admission.js';
import { createPeerReader } from './peer.js';
import type { ServerLink } from './server-link.js';
import { MAX_FRAGMENTS, WebSocketListener } from './websocket.js';

const FIRST = 100;
const LARGEST = 1000;

/** A listener behind a real HTTP server; each link that it makes is given to whoever asks next. */
class Bench {
  readonly http: Server = createServer();
  readonly admission = new Admission(
    { ...DEFAULT_ADMISSION_LIMITS, connectionsPerAddress: 3 },
    new FakeClock(),
  );
  readonly clock = new FakeClock();
  readonly endOfTurn: (() => void)[] = [];
  readonly churn = new TurnShare({
    clock: this.clock,
    later: (run) => void this.endOfTurn.push(run),
    most: 10,
  });
  readonly listener: WebSocketListener;
  readonly sockets = new Set<WebSocket>();
  #made: ServerLink[] = [];
  #asked: ((link: ServerLink) => void)[] = [];

  constructor(origins?: readonly string[]) {
    this.listener = new WebSocketListener({
      peerOf: createPeerReader([]),
      admission: this.admission,
      origins,
      firstFrameBytes: FIRST,
      frameBytes: LARGEST,
      writesPerTurn: 2,
      later: setImmediate,
      churn: this.churn,
      log: silentLogger,
      accept: (link) => {
        const asked = this.#asked.shift();
        if (asked) asked(link);
        else this.#made.push(link);
      },
    });
    this.http.on('upgrade', (request, socket, head) => this.listener.upgrade(request, socket, head));
  }

  get port(): number {
    return (this.http.address() as AddressInfo).port;
  }

  client(protocols: string[] = ['xmpp'], origin?: string): WebSocket {
    const ws = new WebSocket(
      `ws://127.0.0.1:${this.port}/`,
      protocols,
      origin === undefined ? {} : { origin },
    );
    this.sockets.add(ws);
    // Refusals are told by this event too; the tests read them from the response.
    ws.on('error', () => {});
    return ws;
  }

  async link(): Promise<ServerLink> {
    const made = this.#made.shift();
    return made ?? new Promise((resolve) => this.#asked.push(resolve));
  }

  async pair(): Promise<[WebSocket, ServerLink]> {
    const ws = this.client();
    const [link] = await Promise.all([this.link(), once(ws, 'open')]);
    return [ws, link];
  }

  async refused(ws: WebSocket): Promise<number> {
    const [, response] = await once(ws, 'unexpected-response');
    response.resume();
    return response.statusCode;
  }
}

const ended = (link: ServerLink) => new Promise<LinkEnd>((resolve) => link.onClose(resolve));
const heard = (link: ServerLink) => new Promise((resolve) => link.onFrame(resolve));

let bench: Bench;
async function start(origins?: readonly string[]): Promise<void> {
  bench = new Bench(origins);
  bench.http.listen(0, '127.0.0.1');
  await once(bench.http, 'listening');
}

beforeEach(() => start());
afterEach(async () => {
  for (const ws of bench.sockets) ws.terminate();
  bench.listener.close();
  bench.http.close();
  await once(bench.http, 'close');
});

describe('opening', () => {
  test('handshakes wait for a turn that has time for them, and nothing is kept of who goes meanwhile', async () => {
    bench.churn.run(() => bench.clock.advance(10));
    const [patient, impatient] = [bench.client(), bench.client()];
    while (bench.churn.waiting < 2) await once(bench.http, 'upgrade');
    impatient.terminate();
    expect([patient.readyState, bench.listener.size]).toEqual([WebSocket.CONNECTING, 0]);
    for (const run of bench.endOfTurn.splice(0)) run();
    await once(patient, 'open');
    await Promise.race([await bench.link(), await bench.link()].map(ended));
    expect([patient.readyState, bench.listener.size, bench.admission.open]).toEqual([WebSocket.OPEN, 1, 1]);
  });

  test('the subprotocol is echoed, without compression', async () => {
    const ws = bench.client(['other', 'xmpp']);
    await once(ws, 'open');
    expect(ws.protocol).toBe('xmpp');
    expect(ws.extensions).toBe('');
    expect((await bench.link()).peer).toEqual({
      transport: 'websocket',
      address: '127.0.0.1',
      secure: true,
      origin: undefined,
    });
  });

  test.each([[[]], [['xmpp2']]])('without the subprotocol (%j) it is a bad request', async (protocols) => {
    expect(await bench.refused(bench.client(protocols))).toBe(400);
    expect(bench.admission.open).toBe(0);
  });

  test('any origin may come, or those on the list and who has none', async () => {
    const [, link] = await Promise.all([
      once(bench.client(['xmpp'], 'https://a.example'), 'open'),
      bench.link(),
    ]);
    expect(link.peer.origin).toBe('https://a.example');
    bench.http.close();
    bench.listener.close();
    await start(['https://a.example']);
    await once(bench.client(['xmpp'], 'https://a.example'), 'open');
    await once(bench.client(['xmpp']), 'open');
    for (const origin of ['https://b.example', 'null', 'https://a.example.evil']) {
      expect(await bench.refused(bench.client(['xmpp'], origin))).toBe(403);
    }
  });

  test('one connection too many of an address is refused, and let in when another has gone', async () => {
    const [first, firstLink] = await bench.pair();
    await bench.pair();
    await bench.pair();
    expect(await bench.refused(bench.client())).toBe(429);
    expect(bench.admission.open).toBe(3);
    first.close();
    await ended(firstLink);
    await bench.pair();
    expect(bench.listener.size).toBe(3);
  });

  test('a handshake that fails is not counted any more', async () => {
    const socket = connect(bench.port, '127.0.0.1');
    socket.write(
      'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Key: short\r\nSec-WebSocket-Protocol: xmpp\r\n\r\n',
    );
    const [chunk] = await once(socket, 'data');
    expect(String(chunk)).toMatch(/^HTTP\/1\.1 400/);
    await once(socket, 'close');
    expect(bench.admission.open).toBe(0);
    expect(bench.listener.size).toBe(0);
  });

  test('a listener that is closed takes nobody', async () => {
    bench.listener.close();
    expect(await bench.refused(bench.client())).toBe(503);
  });
});

describe('talking', () => {
  test('what is sent in one turn arrives in order, shared stanzas between the others', async () => {
    const [ws, link] = await bench.pair();
    const frames: string[] = [];
    ws.on('message', (data, isBinary) => frames.push(`${isBinary}:${data}`));
    const shared = SharedStanza.of(messageEl({}, el('body', NS.client, {}, 'x')));
    const to = Buffer.from('a@b/c');
    link.send('<one/>');
    link.write(shared, to);
    link.send('<two/>');
    link.close('done');
    const end = ended(link);
    expect((await once(ws, 'close')).map(String)).toEqual(['1000', 'done']);
    expect(frames).toEqual(['false:<one/>', `false:${shared.bytes(to)}`, 'false:<two/>']);
    expect((await end).clean).toBe(true);
    link.send('<late/>');
    link.write(shared, to);
    expect(link.queuedBytes).toBe(0);
  });

  test.each([10, 125, 126, 65_535, 65_536])(
    'a shared stanza of about %i bytes is one whole frame',
    async (size) => {
      const [ws, link] = await bench.pair();
      const to = Buffer.from('a@b/c');
      const empty = SharedStanza.of(messageEl({}, el('body', NS.client, {}, '.'))).size(to.length) - 1;
      const shared = SharedStanza.of(
        messageEl({}, el('body', NS.client, {}, 'x'.repeat(Math.max(1, size - empty)))),
      );
      link.write(shared, to);
      const [data, isBinary] = await once(ws, 'message');
      expect(isBinary).toBe(false);
      expect(data.equals(shared.bytes(to))).toBe(true);
    },
  );

  test('a fan-out longer than a turn reaches each, in its order, and a long turn breaks no frame', async () => {
    const pairs = [await bench.pair(), await bench.pair(), await bench.pair()];
    const shared = SharedStanza.of(messageEl({}, el('body', NS.client, {}, 'x'.repeat(1000))));
    const got = pairs.map(async ([ws], n) => {
      const frames: string[] = [];
      ws.on('message', (data) => frames.push(String(data)));
      await once(ws, 'close');
      const to = Buffer.from(`a@b/${n}`);
      expect(frames).toEqual(
        Array.from({ length: 100 }, (_, i) => [`<n${i}/>`, String(shared.bytes(to))]).flat(),
      );
    });
    for (let i = 0; i < 100; i++) {
      for (const [n, [, link]] of pairs.entries()) {
        link.send(`<n${i}/>`);
        link.write(shared, Buffer.from(`a@b/${n}`));
      }
    }
    for (const [, link] of pairs) link.close();
    await Promise.all(got);
  });

  test('who waits for the queue to be empty is told once it is', async () => {
    const [, link] = await bench.pair();
    const drained = new Promise<void>((resolve) => link.onDrain(resolve));
    link.send('x'.repeat(50_000));
    expect(link.queuedBytes).toBeGreaterThanOrEqual(50_000);
    await drained;
    expect(link.queuedBytes).toBe(0);
  });

  test('a reader that does not read lets the queue grow, where it can be seen', async () => {
    const [ws, link] = await bench.pair();
    ws.pause();
    for (let i = 0; i < 200; i++) link.send('x'.repeat(100_000));
    expect(link.queuedBytes).toBeGreaterThan(1_000_000);
    ws.resume();
    await new Promise<void>((resolve) => link.onDrain(resolve));
    expect(link.queuedBytes).toBe(0);
  });
});

test('what is held back and closed ends at once, and what was held back is not heard', async () => {
  const [ws, link] = await bench.pair();
  const frames: unknown[] = [];
  link.onFrame((frame) => frames.push(frame));
  link.hold?.(true);
  ws.send('<a/>');
  link.close();
  await Promise.all([once(ws, 'close'), ended(link)]);
  expect(frames).toEqual([]);
});

test('what is held back is heard when the stream can take it', async () => {
  const [ws, link] = await bench.pair();
  const frames: string[] = [];
  link.onFrame((frame) => frames.push(String(frame)));
  link.hold?.(true);
  ws.send('<held/>');
  // A round trip of another connection: by then a frame that is read would have come.
  await bench.pair();
  expect(frames).toEqual([]);
  const frame = heard(link);
  link.hold?.(false);
  expect(await frame).toBe('<held/>');
});

describe('hostile or broken peers', () => {
  test('a binary frame ends it', async () => {
    const [ws, link] = await bench.pair();
    link.onFrame(() => expect.unreachable());
    const end = ended(link);
    ws.send(Buffer.from('<open/>'));
    ws.send('<too-late/>');
    expect((await once(ws, 'close'))[0]).toBe(1003);
    expect((await end).clean).toBe(false);
  });

  test.each([
    ['before the stream says otherwise', FIRST],
    ['afterwards', LARGEST],
  ])(
    '%s, a frame too large for the stream is its to refuse, and one far too large ends the link',
    async (_, limit) => {
      const [ws, link] = await bench.pair();
      if (limit !== FIRST) link.limitFrames(limit);
      const frame = heard(link);
      ws.send('é'.repeat(limit));
      expect(await frame).toBe('é'.repeat(limit));
      const end = ended(link);
      ws.send('x'.repeat(2 * limit + 1));
      expect((await once(ws, 'close'))[0]).toBe(1009);
      expect((await end).clean).toBe(false);
    },
  );

  test('fragments are put together up to the bound', async () => {
    const [ws, link] = await bench.pair();
    const parts = (count: number) => {
      for (let i = 1; i <= count; i++) ws.send('x', { fin: i === count });
    };
    const frame = heard(link);
    parts(MAX_FRAGMENTS);
    expect(await frame).toBe('x'.repeat(MAX_FRAGMENTS));
    parts(MAX_FRAGMENTS + 1);
    expect((await once(ws, 'close'))[0]).toBe(1008);
  });

  test('text that is not UTF-8 ends it', async () => {
    const [ws, link] = await bench.pair();
    link.onFrame(() => expect.unreachable());
    ws.send(Buffer.from([0xc0, 0x80]), { binary: false });
    expect((await once(ws, 'close'))[0]).toBe(1007);
  });

  test('a connection that vanishes is an unclean end, counted off', async () => {
    const [ws, link] = await bench.pair();
    const end = ended(link);
    ws.terminate();
    expect((await end).clean).toBe(false);
    expect(bench.listener.size).toBe(0);
    expect(bench.admission.open).toBe(0);
    // Who asks afterwards is told at once.
    expect((await ended(link)).clean).toBe(false);
  });
});
