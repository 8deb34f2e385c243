import net from 'node:net';
import tls from 'node:tls';
import { type Env, encodeBase64, escapeAttr, NS } from '@meerkat-chat/xmpp';
import { hostOf } from '../target.js';
import { clientFrame, FrameReader, OPCODE } from './websocket-frames.js';
import type { Wire, WireListener, WireOptions } from './wire.js';

const HANDSHAKE_TIMEOUT = 30_000;
const MAX_HEAD = 16_384;

/**
 * A WebSocket (RFC 6455, RFC 7395) on a bare socket. All sockets of a process read into one buffer and frames are
 * cut out of it in place: that halves what a received frame costs, against a general library.
 * @param shared the buffer, which this process uses for nothing else
 * @throws Error when the connection or the handshake fails, or takes over 30 s
 */
export function connectWebSocket(
  options: WireOptions,
  listener: WireListener,
  env: Env,
  shared: Buffer,
): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const { url } = options;
    const secure = url.protocol === 'wss:';
    const port = Number(url.port || (secure ? 443 : 80));
    const host = hostOf(url);
    const where = { host, port, localAddress: options.localAddress, noDelay: true };
    let head: Buffer | undefined = Buffer.alloc(0);
    let gone = false;

    const socket = secure
      ? tls.connect({
          ...where,
          // RFC 6066 section 3: an address is no server name.
          servername: net.isIP(host) === 0 ? host : '',
          rejectUnauthorized: !options.trustAnyCertificate,
        })
      : net.connect({
          ...where,
          onread: {
            buffer: shared,
            callback: (length: number, buffer: Uint8Array) => {
              hear(Buffer.from(buffer.buffer, buffer.byteOffset, length));
              return true;
            },
          },
        });
    const end = (why: string): void => {
      if (gone) return;
      gone = true;
      offTimeout();
      socket.destroy();
      if (head === undefined) listener.ended(why);
      else reject(new Error(`no WebSocket at ${url.href}: ${why}`));
    };
    const offTimeout = env.clock.after(HANDSHAKE_TIMEOUT, () => end('the handshake took too long'));
    const reader = new FrameReader({
      text: (payload) => {
        if (!gone) listener.frame(payload);
      },
      control: (opcode, payload) => {
        if (opcode === OPCODE.ping) socket.write(clientFrame(OPCODE.pong, payload));
        if (opcode === OPCODE.close) end(`the server closed the WebSocket (${closeCode(payload)})`);
      },
    });
    const hear = (chunk: Buffer): void => {
      if (gone) return;
      try {
        const frames = head === undefined ? chunk : shake(chunk);
        if (frames && frames.length > 0) reader.push(frames);
      } catch (error) {
        end(error instanceof Error ? error.message : String(error));
      }
    };
    /** Reads the answer to the handshake; returns what follows it, undefined while it is not whole. */
    const shake = (chunk: Buffer): Buffer | undefined => {
      head = Buffer.concat([head ?? chunk, chunk]);
      const stop = head.indexOf('\r\n\r\n');
      if (stop === -1) {
        if (head.length > MAX_HEAD) throw new Error('the answer to the handshake is too long');
        return undefined;
      }
      const status = head.subarray(0, head.indexOf('\r\n')).toString('latin1');
      if (!/^HTTP\/1\.1 101\b/.test(status)) throw new Error(status);
      const rest = head.subarray(stop + 4);
      head = undefined;
      offTimeout();
      resolve(wire);
      return rest;
    };
    const say = (text: string): void => {
      if (!gone) socket.write(clientFrame(OPCODE.text, text));
    };
    const wire: Wire = {
      open: (domain) => say(`<open xmlns="${NS.framing}" to="${escapeAttr(domain)}" version="1.0"/>`),
      send: say,
      pause: () => socket.pause(),
      unpause: () => socket.resume(),
      drop: () => {
        gone = true;
        socket.destroy();
      },
      close: () => {
        if (gone) return;
        say(`<close xmlns="${NS.framing}"/>`);
        gone = true;
        socket.end(clientFrame(OPCODE.close, Buffer.from([3, 232])));
        // Whoever pauses never sees the end of the other side.
        socket.resume();
      },
    };

    if (secure) socket.on('data', hear);
    socket.on('error', (error) => end(error.message));
    socket.on('close', () => end('the connection is closed'));
    socket.on(secure ? 'secureConnect' : 'connect', () => {
      const key = encodeBase64(env.random.bytes(16));
      socket.write(
        `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Protocol: xmpp\r\n` +
          Object.entries(options.headers ?? {})
            .map(([name, value]) => `${name}: ${value}\r\n`)
            .join('') +
          '\r\n',
      );
    });
  });
}

function closeCode(payload: Buffer): string {
  return payload.length < 2
    ? 'no code'
    : `${payload.readUInt16BE(0)} ${payload.subarray(2).toString()}`.trim();
}
