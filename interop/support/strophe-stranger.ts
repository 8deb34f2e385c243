import { createRequire } from 'node:module';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { type Arrival, DOMAIN, MUC, SignInError, type Stranger } from './stranger.js';
import { type StropheScript, stropheScript } from './strophe-script.js';

declare global {
  interface Window {
    readonly stranger: StropheScript;
  }
}

const library = path.join(
  path.dirname(createRequire(import.meta.url).resolve('strophe.js/package.json')),
  'dist/strophe.umd.min.js',
);
const PATIENCE = { timeout: 10_000, polling: 20 };

/** strophe.js as published, in a real page of another origin. */
export class StropheStranger implements Stranger {
  readonly #page: Page;
  readonly #service: string;
  #jid = '';

  private constructor(page: Page, service: string) {
    this.#page = page;
    this.#service = service;
  }

  /** Opens a page and signs in. @param pageUrl any page that is not the chat server's @throws {SignInError} */
  static async arrive(browser: Browser, pageUrl: string, arrival: Arrival): Promise<StropheStranger> {
    const page = await browser.newPage();
    await page.addInitScript({ path: library });
    await page.addInitScript(stropheScript);
    await page.goto(pageUrl);
    const stranger = new StropheStranger(page, arrival.service);
    await stranger.signIn(arrival.account);
    return stranger;
  }

  get jid(): string {
    return this.#jid;
  }

  /** Signs in; after a reload over WebSocket this resumes. */
  async signIn(account: Arrival['account']): Promise<void> {
    const jid = account === undefined ? DOMAIN : `${account.name}@${DOMAIN}`;
    await this.#page.evaluate(([service, who, password]) => window.stranger.connect(service, who, password), [
      this.#service,
      jid,
      account?.password,
    ] as const);
    await this.#connected();
  }

  /** Loads the page anew, and nothing more. */
  async reload(): Promise<void> {
    await this.#page.reload();
  }

  /** Goes on with the BOSH session of the page before. */
  async restore(): Promise<void> {
    await this.#page.evaluate((service) => window.stranger.restore(service), this.#service);
    await this.#connected();
  }

  mechanism(): Promise<string> {
    return this.#page.evaluate(() => window.stranger.mechanism);
  }

  async join(room: string, nick: string): Promise<void> {
    await this.#send(`<presence xmlns="jabber:client" to="${room}/${nick}"><x xmlns="${MUC}"/></presence>`);
    await this.#page.waitForFunction(
      (from) =>
        window.stranger.stanzas.some(
          (stanza) => stanza.startsWith('<presence') && stanza.includes(from) && /code=["']110/.test(stanza),
        ),
      `${room}/${nick}`,
      PATIENCE,
    );
  }

  async say(room: string, text: string): Promise<void> {
    await this.#send(
      `<message xmlns="jabber:client" to="${room}" type="groupchat"><body>${text}</body></message>`,
    );
  }

  async tell(jid: string, text: string): Promise<void> {
    await this.#send(`<message xmlns="jabber:client" to="${jid}" type="chat"><body>${text}</body></message>`);
  }

  async hears(text: string): Promise<void> {
    const body = `<body>${text}</body>`;
    await this.#page.waitForFunction(
      (wanted) => window.stranger.stanzas.some((stanza) => stanza.includes(wanted)),
      body,
      PATIENCE,
    );
  }

  heard(): Promise<readonly string[]> {
    return this.#page.evaluate(() =>
      window.stranger.stanzas.flatMap((stanza) => /<body>(.*?)<\/body>/.exec(stanza)?.[1] ?? []),
    );
  }

  async sees(room: string, nick: string): Promise<void> {
    await this.#page.waitForFunction(
      (from) =>
        window.stranger.stanzas.some((stanza) => stanza.startsWith('<presence') && stanza.includes(from)),
      `${room}/${nick}`,
      PATIENCE,
    );
  }

  departures(room: string, nick: string): Promise<number> {
    return this.#page.evaluate(
      (from) =>
        window.stranger.stanzas.filter(
          (stanza) =>
            stanza.startsWith('<presence') && stanza.includes(from) && stanza.includes('unavailable'),
        ).length,
      `${room}/${nick}`,
    );
  }

  async leave(): Promise<void> {
    await this.#page.evaluate(() => window.stranger.disconnect());
    await this.#page.waitForFunction(() => window.stranger.status === 'DISCONNECTED', undefined, PATIENCE);
    await this.#page.close();
  }

  /** Closes the page without a word. */
  async vanish(): Promise<void> {
    await this.#page.close();
  }

  async #send(xml: string): Promise<void> {
    await this.#page.evaluate((text) => window.stranger.send(text), xml);
  }

  async #connected(): Promise<void> {
    const done = ['CONNECTED', 'ATTACHED', 'AUTHFAIL', 'CONNFAIL', 'ATTACHFAIL', 'DISCONNECTED', 'ERROR'];
    await this.#page.waitForFunction((states) => states.includes(window.stranger.status), done, PATIENCE);
    const [status, condition, jid] = await this.#page.evaluate(() => {
      const { condition, jid, status } = window.stranger;
      return [status, condition, jid] as const;
    });
    if (status !== 'CONNECTED' && status !== 'ATTACHED') throw new SignInError(`${status} ${condition}`);
    this.#jid = jid;
  }
}
