import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import net from 'node:net';

/** What of a site is the chat server's. */
const CHAT = /^\/(xmpp-websocket|http-bind|embed|status|api|\.well-known)\b/;

/** What stands before a site and its chat server, so that both are one origin, as an operator would have it. */
export class ChatProxy {
  /** The ports of this machine that requests go to. */
  site = 0;
  chat = 0;
  /** Whether WebSockets are let through; many a network does not. */
  webSockets = true;
  /** Pages by path that it answers with itself, whoever asks, as a page cache does. */
  readonly kept = new Map<string, string>();
  readonly #server: Server;
  readonly #sockets = new Set<net.Socket>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<ChatProxy> {
    const server = createServer();
    const proxy = new ChatProxy(server);
    server.on('request', (asked, answer) => proxy.#pass(asked, answer));
    server.on('upgrade', (asked, socket: net.Socket, head) => proxy.#upgrade(asked, socket, head));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  /** The origin, without a slash at its end. */
  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port was given');
    return `http://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #portFor(asked: IncomingMessage): number {
    return CHAT.test(asked.url ?? '') ? this.chat : this.site;
  }

  #pass(asked: IncomingMessage, answer: ServerResponse): void {
    const { headers, method, url } = asked;
    const kept = this.kept.get(url ?? '');
    if (kept !== undefined) {
      answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(kept);
      return;
    }
    const onward = request({ host: '127.0.0.1', port: this.#portFor(asked), method, path: url, headers });
    onward.on('response', (heard) => {
      answer.writeHead(heard.statusCode ?? 502, heard.rawHeaders);
      heard.pipe(answer);
    });
    onward.on('error', () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()));
    answer.on('close', () => onward.destroy());
    asked.pipe(onward);
  }

  #upgrade(asked: IncomingMessage, outside: net.Socket, head: Buffer): void {
    outside.on('error', () => {});
    if (!this.webSockets) {
      outside.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    const inside = net.connect(this.#portFor(asked), '127.0.0.1');
    const lines = asked.rawHeaders.map((text, at) => (at % 2 === 0 ? `${text}: ` : `${text}\r\n`));
    inside.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${lines.join('')}\r\n`);
    inside.write(head);
    for (const [socket, other] of [
      [outside, inside],
      [inside, outside],
    ] as const) {
      this.#sockets.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
  }
}
