import http from 'node:http';
import https from 'node:https';
import { type BoshBody, type Env, formatBoshBody } from '@meerkat-chat/xmpp';
import { ElementSplitter } from './element-splitter.js';
import { attribute } from './frame.js';
import type { Wire, WireListener, WireOptions } from './wire.js';

/** Requests that wait at the server at once; more than `hold` so that there is always one to send with. */
const REQUESTS = 2;
const WAIT_SECONDS = 30;
const MAX_ANSWER = 64 * 1024 * 1024;

/** A session of BOSH (XEP-0124, XEP-0206). Answers are taken in the order of their requests. */
export class BoshWire implements Wire {
  readonly #url: URL;
  readonly #listener: WireListener;
  readonly #agent: http.Agent;
  readonly #headers: Readonly<Record<string, string>>;
  #sid: string | undefined;
  #rid: number;
  /** The request whose answer is heard next. */
  #heard: number;
  readonly #answers = new Map<number, Buffer>();
  #waiting: string[] = [];
  #restart: BoshBody | undefined;
  #inFlight = 0;
  #scheduled = false;
  #paused = false;
  #gone = false;

  constructor(options: WireOptions, listener: WireListener, env: Env) {
    this.#url = options.url;
    this.#listener = listener;
    this.#headers = options.headers ?? {};
    const agent = {
      keepAlive: true,
      maxSockets: REQUESTS,
      ...(options.localAddress === undefined ? {} : { localAddress: options.localAddress }),
    };
    this.#agent =
      options.url.protocol === 'https:'
        ? new https.Agent({ ...agent, rejectUnauthorized: !options.trustAnyCertificate })
        : new http.Agent(agent);
    this.#rid = Math.floor(env.random.number() * 1e9) + 1;
    this.#heard = this.#rid;
  }

  open(domain: string): void {
    if (this.#sid !== undefined) {
      this.#restart = { sid: this.#sid, to: domain, restart: true };
      this.#schedule();
      return;
    }
    this.#post({ to: domain, ver: '1.6', wait: WAIT_SECONDS, hold: 1, lang: 'en', xmppVersion: '1.0' }, []);
  }

  send(element: string): void {
    this.#waiting.push(element);
    this.#schedule();
  }

  pause(): void {
    this.#paused = true;
  }

  unpause(): void {
    this.#paused = false;
    this.#schedule();
  }

  drop(): void {
    this.#gone = true;
    this.#agent.destroy();
  }

  close(): void {
    if (this.#gone) return;
    if (this.#sid !== undefined) {
      this.#post({ sid: this.#sid, type: 'terminate' }, this.#waiting);
      this.#gone = true;
    } else this.drop();
  }

  /** What is sent within one turn goes with one request. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    const sid = this.#sid;
    if (this.#gone || this.#paused || sid === undefined || this.#inFlight >= REQUESTS) return;
    const restart = this.#restart;
    if (restart) {
      this.#restart = undefined;
      this.#post(restart, []);
      return;
    }
    if (this.#waiting.length === 0 && this.#inFlight > 0) return;
    const frames = this.#waiting;
    this.#waiting = [];
    this.#post({ sid }, frames);
  }

  #post(body: BoshBody, frames: readonly string[]): void {
    const rid = this.#rid++;
    const text = formatBoshBody({ ...body, rid }, frames);
    const { request } = this.#url.protocol === 'https:' ? https : http;
    this.#inFlight++;
    const call = request(this.#url, {
      method: 'POST',
      agent: this.#agent,
      headers: {
        ...this.#headers,
        'content-type': 'text/xml; charset=utf-8',
        'content-length': Buffer.byteLength(text),
      },
    });
    call.on('response', (answer) => {
      const parts: Buffer[] = [];
      let length = 0;
      answer.on('data', (part: Buffer) => {
        parts.push(part);
        length += part.length;
        if (length > MAX_ANSWER) call.destroy(new Error('an answer is too long'));
      });
      answer.on('end', () => {
        if (answer.statusCode === 200) this.#hear(rid, Buffer.concat(parts));
        else this.#end(`status ${answer.statusCode}`);
      });
    });
    call.on('error', (error) => this.#end(error.message));
    call.end(text);
  }

  #hear(rid: number, answer: Buffer): void {
    this.#inFlight--;
    this.#answers.set(rid, answer);
    for (;;) {
      const next = this.#answers.get(this.#heard);
      if (!next || this.#gone) break;
      this.#answers.delete(this.#heard++);
      new ElementSplitter({
        opened: (tag) => this.#read(tag.toString()),
        element: (bytes) => {
          if (!this.#gone) this.#listener.frame(bytes);
        },
        closed: () => {},
      }).push(next);
    }
    if (this.#gone) this.#agent.destroy();
    else this.#schedule();
  }

  #read(tag: string): void {
    this.#sid ??= attribute(tag, 'sid');
    if (attribute(tag, 'type') === 'terminate') {
      this.#end(`the server ended the session (${attribute(tag, 'condition') ?? 'no condition'})`);
    }
  }

  #end(why: string): void {
    if (this.#gone) {
      this.#agent.destroy();
      return;
    }
    this.#gone = true;
    this.#agent.destroy();
    this.#listener.ended(why);
  }
}
