import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A company's proxy between browser and server: plain HTTP passes, a WebSocket upgrade is cut off. */
export class NoWebSocketProxy {
  readonly #server: Server;
  /** How many upgrades were refused: that a page tried at all. */
  refused = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param target the origin it stands before */
  static async start(target: string): Promise<NoWebSocketProxy> {
    const { hostname, port } = new URL(target);
    const server = createServer((incoming, outgoing) => {
      const onward = forward(
        { hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      onward.on('error', () => outgoing.destroy());
      outgoing.on('close', () => onward.destroy());
      incoming.pipe(onward);
    });
    const proxy = new NoWebSocketProxy(server);
    server.on('upgrade', (_request, socket) => {
      proxy.refused++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
