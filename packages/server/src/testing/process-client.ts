import {
  decodeBound2,
  decodeSasl2Success,
  decodeSm,
  type Element,
  el,
  encodeAuthenticate,
  encodeBind2,
  encodeMucJoin,
  encodeOpen,
  encodeSm,
  findSm,
  messageEl,
  NS,
  presenceEl,
  serialize,
  utf8,
} from '@meerkat-chat/xmpp';
import { parseXml } from './parse-xml.js';
import { at, brief, jidOf } from './room-scene.js';

/** What carries a client's frames. */
export interface ClientLink {
  send(text: string): void;
  cut(): void;
}

const isStanza = ({ name, ns }: Element): boolean =>
  ns === NS.client && (name === 'message' || name === 'presence' || name === 'iq');

/** A client of another process, with stream management: it notes all it hears in few words, over any number of links. */
export class ProcessClient {
  readonly name: string;
  /** Stanzas as `brief` tells of them, in order. */
  readonly heard: string[] = [];
  /** How many of its own stanzas the server has acknowledged. */
  acknowledged = 0;
  /** How many stanzas it has sent. */
  sent = 0;
  resumed = false;
  closed = false;
  #link: ClientLink | undefined;
  #resumption: string | undefined;
  #handled = 0;
  #waiting: (() => void)[] = [];
  readonly #connect: (client: ProcessClient) => ClientLink;

  constructor(name: string, connect: (client: ProcessClient) => ClientLink) {
    this.name = name;
    this.#connect = connect;
  }

  /** Signs in on a new link, by the session that it had where there is one. Fulfils when the server has answered. */
  async signIn(): Promise<void> {
    this.closed = false;
    this.#link = this.#connect(this);
    const bind = encodeBind2({
      tag: undefined,
      inline: [encodeSm({ kind: 'enable', resume: true, max: undefined })],
    });
    const resume =
      this.#resumption !== undefined &&
      encodeSm({ kind: 'resume', previd: this.#resumption, h: this.#handled });
    let signedIn = false;
    this.#onSuccess = (inline) => {
      signedIn = true;
      const enabled = findSm(decodeBound2(inline) ?? []);
      if (enabled?.kind === 'enabled') this.#resumption = enabled.id;
      const answer = findSm(inline);
      if (answer?.kind !== 'resumed') return;
      this.resumed = true;
      this.acknowledged = answer.h;
    };
    this.#send(
      encodeOpen({ to: 'localhost' }),
      encodeAuthenticate({
        mechanism: 'PLAIN',
        initial: utf8(`\0${this.name}\0${this.name}`),
        userAgent: undefined,
        inline: [...(resume ? [resume] : []), bind],
      }),
    );
    await this.until(() => signedIn);
  }

  /** Joins `lobby` under its own name, and waits for the subject, which ends a join. */
  async join(): Promise<void> {
    this.stanza(presenceEl({ to: at(this.name) }, encodeMucJoin({ history: undefined })));
    await this.hears('subject ""');
  }

  says(body: string): void {
    const to = jidOf('lobby@rooms.localhost');
    this.stanza(messageEl({ to, type: 'groupchat' }, el('body', NS.client, {}, body)));
  }

  stanza(stanza: Element): void {
    this.sent++;
    this.#send(stanza);
  }

  /** The network goes away. */
  cut(): void {
    this.#link?.cut();
  }

  /** Waits until it has heard that. */
  async hears(line: string): Promise<void> {
    await this.until(() => this.heard.includes(line));
  }

  /** Waits for something that what comes over the link brings about. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** A frame has come over its link. */
  receive(text: string): void {
    const element = parseXml(text);
    if (element) this.#read(element);
    this.#wake();
  }

  /** Its link is gone. */
  lost(): void {
    this.closed = true;
    this.#link = undefined;
    this.#wake();
  }

  #onSuccess: (inline: readonly Element[]) => void = () => {};

  #read(element: Element): void {
    const success = decodeSasl2Success(element);
    if (success) this.#onSuccess(success.inline);
    const managed = decodeSm(element);
    if (managed?.kind === 'r') this.#send(encodeSm({ kind: 'a', h: this.#handled }));
    if (managed?.kind === 'a') this.acknowledged = managed.h;
    if (!isStanza(element)) return;
    this.#handled++;
    this.heard.push(brief(element));
  }

  #send(...elements: readonly Element[]): void {
    for (const element of elements) this.#link?.send(serialize(element));
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
