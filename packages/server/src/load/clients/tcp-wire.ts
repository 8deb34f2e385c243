import net from 'node:net';
import { escapeAttr, NS } from '@meerkat-chat/xmpp';
import { hostOf } from '../target.js';
import { ElementSplitter } from './element-splitter.js';
import type { Wire, WireListener, WireOptions } from './wire.js';

/**
 * A plain stream over TCP (RFC 6120), without TLS: it is for servers on the same machine.
 * @throws Error when the connection fails
 */
export function connectTcp(options: WireOptions, listener: WireListener): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const { url } = options;
    const socket = net.connect({
      host: hostOf(url),
      port: Number(url.port || 5222),
      localAddress: options.localAddress,
      noDelay: true,
    });
    let gone = false;
    let connected = false;
    const end = (why: string): void => {
      if (gone) return;
      gone = true;
      socket.destroy();
      if (connected) listener.ended(why);
      else reject(new Error(`no server at ${url.href}: ${why}`));
    };
    const splitter = new ElementSplitter({
      opened: () => {},
      element: (bytes) => {
        if (!gone) listener.frame(bytes);
      },
      closed: () => end('the server closed the stream'),
    });
    const say = (text: string): void => {
      if (!gone) socket.write(text);
    };
    socket.on('data', (chunk: Buffer) => {
      try {
        if (!gone) splitter.push(chunk);
      } catch (error) {
        end(error instanceof Error ? error.message : String(error));
      }
    });
    socket.on('error', (error) => end(error.message));
    socket.on('close', () => end('the connection is closed'));
    socket.on('connect', () => {
      connected = true;
      resolve({
        open: (domain) => {
          splitter.restart();
          say(
            `<?xml version="1.0"?><stream:stream to="${escapeAttr(domain)}" version="1.0" ` +
              `xmlns="${NS.client}" xmlns:stream="${NS.streams}">`,
          );
        },
        send: say,
        pause: () => socket.pause(),
        unpause: () => socket.resume(),
        drop: () => {
          gone = true;
          socket.destroy();
        },
        close: () => {
          if (gone) return;
          gone = true;
          socket.end('</stream:stream>');
          socket.resume();
        },
      });
    });
  });
}
