import { type Env, escapeAttr, NS } from '@meerkat-chat/xmpp';
import { WebSocket } from 'ws';

const SIGN_IN_TIMEOUT = 60_000;

interface Waiting {
  readonly matches: (frame: string) => boolean;
  readonly resolve: (frame: string) => void;
  readonly reject: (error: Error) => void;
}

/**
 * One simulated user on any server that speaks RFC 7395. It reads frames by searching in their text, so that thousands
 * fit in one process; what it sends is fixed text. Signs in as a guest (XEP-0175) the classic way, which every server knows.
 */
export class LoadClient {
  readonly #socket: WebSocket;
  readonly #env: Env;
  #waiting: Waiting | undefined;
  #onFrame: (frame: string) => void = () => {};
  #failure: Error | undefined;

  private constructor(socket: WebSocket, env: Env) {
    this.#socket = socket;
    this.#env = env;
    socket.on('message', (data) => this.#hear(String(data)));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', (code) => this.#fail(new Error(`the server closed the connection (${code})`)));
  }

  /** Connects, signs in and binds a resource. Rejects when any step is refused or takes over 60 s. */
  static async signIn(url: string, domain: string, env: Env): Promise<LoadClient> {
    const socket = new WebSocket(url, 'xmpp', { perMessageDeflate: false });
    const client = new LoadClient(socket, env);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
    });
    const open = `<open xmlns="${NS.framing}" to="${escapeAttr(domain)}" version="1.0"/>`;
    await client.#exchange(open, (frame) => frame.includes('features'));
    await client.#exchange(`<auth xmlns="${NS.sasl}" mechanism="ANONYMOUS"/>`, (frame) => {
      if (frame.startsWith('<failure')) throw new Error(`sign-in was refused: ${frame}`);
      return frame.startsWith('<success');
    });
    await client.#exchange(open, (frame) => frame.includes('features'));
    await client.#exchange(
      `<iq xmlns="${NS.client}" type="set" id="bind"><bind xmlns="${NS.bind}"/></iq>`,
      (frame) => frame.startsWith('<iq') && frame.includes('<jid'),
    );
    return client;
  }

  /** Joins a room without history; fulfils when its own presence has come back. */
  async join(room: string, nick: string): Promise<void> {
    await this.#exchange(
      `<presence xmlns="${NS.client}" to="${escapeAttr(`${room}/${nick}`)}">` +
        `<x xmlns="${NS.muc}"><history maxstanzas="0"/></x></presence>`,
      (frame) => {
        if (frame.startsWith('<presence') && /type=['"]error/.test(frame))
          throw new Error(`join was refused: ${frame}`);
        return /code=['"]110['"]/.test(frame);
      },
    );
  }

  /** Hears every frame that no sign-in step was waiting for. */
  onFrame(listener: (frame: string) => void): void {
    this.#onFrame = listener;
  }

  send(frame: string): void {
    this.#socket.send(frame);
  }

  /** Ends the stream in order. */
  close(): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(`<close xmlns="${NS.framing}"/>`);
    this.#socket.close();
  }

  /** Set once the connection has failed; a run then counts what this user misses as lost. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  #exchange(frame: string, matches: (frame: string) => boolean): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      const off = this.#env.clock.after(SIGN_IN_TIMEOUT, () =>
        reject(new Error(`no answer to ${frame.slice(0, 80)}`)),
      );
      this.#waiting = {
        matches,
        resolve: (answer) => {
          off();
          resolve(answer);
        },
        reject: (error) => {
          off();
          reject(error);
        },
      };
      this.#socket.send(frame);
    });
  }

  #hear(frame: string): void {
    const waiting = this.#waiting;
    if (!waiting) {
      this.#onFrame(frame);
      return;
    }
    try {
      if (!waiting.matches(frame)) return;
      this.#waiting = undefined;
      waiting.resolve(frame);
    } catch (error) {
      this.#waiting = undefined;
      waiting.reject(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#waiting?.reject(this.#failure);
    this.#waiting = undefined;
  }
}
