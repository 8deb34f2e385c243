import type { Browser, Page } from '@playwright/test';

/**
 * Somebody else in the room, without any code of ours: a bare WebSocket that signs in the classic way (RFC 6120),
 * joins, and writes down every frame. What it does not see, nobody saw.
 */
export class Observer {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Joins `room@rooms.localhost` as `nick`. */
  static async join(
    browser: Browser,
    webSocketUrl: string,
    room: string,
    nick = 'observer',
  ): Promise<Observer> {
    const page = await browser.newPage();
    await page.evaluate(
      ({ url, address }) => {
        const frames: string[] = [];
        Object.assign(window, { frames_: frames });
        return new Promise<void>((resolve, reject) => {
          const socket = new WebSocket(url, 'xmpp');
          Object.assign(window, { socket_: socket });
          const open = '<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="localhost" version="1.0"/>';
          let signedIn = false;
          socket.onopen = () => socket.send(open);
          socket.onerror = () => reject(new Error('the observer lost its connection'));
          socket.onmessage = ({ data }: MessageEvent<string>) => {
            frames.push(data);
            if (data.includes('features') && !signedIn) {
              socket.send('<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="ANONYMOUS"/>');
            } else if (data.startsWith('<success')) {
              signedIn = true;
              socket.send(open);
            } else if (data.includes('features')) {
              socket.send(
                '<iq xmlns="jabber:client" type="set" id="bind"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>',
              );
            } else if (data.includes('<jid>')) {
              socket.send(
                `<presence xmlns="jabber:client" to="${address}"><x xmlns="http://jabber.org/protocol/muc"><history maxstanzas="0"/></x></presence>`,
              );
            } else if (data.includes('code="110"')) {
              resolve();
            } else if (data.includes('type="error"')) {
              reject(new Error(data));
            }
          };
        });
      },
      { url: webSocketUrl, address: `${room}@rooms.localhost/${nick}` },
    );
    return new Observer(page);
  }

  async frames(): Promise<string[]> {
    return this.#page.evaluate(() => (window as unknown as { frames_: string[] }).frames_);
  }

  /** The presences seen of others since it joined. */
  async presences(): Promise<string[]> {
    const frames = await this.frames();
    const joined = frames.findIndex((frame) => frame.includes('code="110"'));
    return frames.slice(joined + 1).filter((frame) => frame.startsWith('<presence'));
  }

  /** The bodies of the room's messages, in order of arrival. */
  async bodies(): Promise<string[]> {
    return (await this.frames()).flatMap((frame) => {
      const body = frame.startsWith('<message') ? /<body>([^<]*)<\/body>/.exec(frame)?.[1] : undefined;
      return body === undefined ? [] : [body];
    });
  }

  /** Says something in the room. @param text without characters that need escaping */
  async say(room: string, text: string): Promise<void> {
    await this.#page.evaluate(
      ({ to, body }) =>
        (window as unknown as { socket_: WebSocket }).socket_.send(
          `<message xmlns="jabber:client" type="groupchat" to="${to}"><body>${body}</body></message>`,
        ),
      { to: `${room}@rooms.localhost`, body: text },
    );
  }

  async close(): Promise<void> {
    await this.#page.close();
  }
}
