import type { Millis } from '@meerkat-chat/xmpp';
import { z } from 'zod';
import { defineModule, type ModuleContext } from '../kernel/module.js';
import type { Session } from '../kernel/session.js';

const settings = z.object({
  /**
   * How often a credential is asked about that the site may end before its time, such as a cookie, in milliseconds: a
   * chat ends at most that long, and the site's own answer, after its visitor has signed out.
   */
  recheck: z.int().min(1000).default(45_000),
  /** How many are asked about at a time. */
  atOnce: z.int().min(1).default(20),
  /** How long a session may go on while nobody can say whether its credential holds, in milliseconds. */
  grace: z.int().min(0).default(600_000),
});

/** How often it is looked whose time has come. */
const PERIOD: Millis = 1000;

interface Watched {
  /** When it is asked about next. */
  due: Millis;
  /** When it was known to hold. */
  heldAt: Millis;
  asking: boolean;
}

/** Ends sessions whose credential has ended, by its own word or by the site's. */
class Credentials {
  readonly #context: ModuleContext<z.output<typeof settings>>;
  readonly #until = new Map<Session, Millis>();
  readonly #watched = new Map<Session, Watched>();
  /** Those whose time has come, the one who has waited longest at the end. */
  #due: (readonly [Session, Watched])[] = [];
  #asking = 0;

  constructor(context: ModuleContext<z.output<typeof settings>>) {
    this.#context = context;
  }

  get limited(): number {
    return this.#until.size;
  }

  get watched(): number {
    return this.#watched.size;
  }

  note(session: Session): void {
    const { clock, random, settings } = this.#context;
    const { grant, holds } = session.identity;
    if (grant?.until === undefined) this.#until.delete(session);
    else this.#until.set(session, grant.until);
    if (!holds) {
      this.#watched.delete(session);
      return;
    }
    // All who come back after a restart at once are not asked about at once, and nobody later than is set.
    const [share = 0] = random.bytes(1);
    const due = clock.monotonic() + settings.recheck * (0.5 + share / 512);
    this.#watched.set(session, { due, heldAt: clock.monotonic(), asking: false });
  }

  forget(session: Session): void {
    this.#until.delete(session);
    this.#watched.delete(session);
  }

  look(): void {
    const { clock } = this.#context;
    for (const [session, until] of this.#until) if (until <= clock.now()) this.#end(session);
    const now = clock.monotonic();
    // Not before all of those have been asked about: who comes first shall not have others wait for ever.
    if (this.#due.length === 0) {
      this.#due = [...this.#watched].filter(([, { asking, due }]) => !asking && due <= now);
      this.#due.sort(([, one], [, other]) => other.due - one.due);
    }
    this.#askMore();
  }

  /** As many at a time as may be, and each time one is answered the next. */
  #askMore(): void {
    while (this.#asking < this.#context.settings.atOnce) {
      const next = this.#due.pop();
      if (!next) return;
      const [session, watched] = next;
      if (this.#watched.get(session) === watched) void this.#ask(session, watched);
    }
  }

  async #ask(session: Session, watched: Watched): Promise<void> {
    const { clock, log, settings } = this.#context;
    const { identity } = session;
    watched.asking = true;
    this.#asking++;
    const answer = await identity.holds?.().catch((err: unknown) => {
      log.warn({ err }, 'a credential could not be asked about');
      return undefined;
    });
    this.#asking--;
    watched.asking = false;
    this.#askMore();
    const now = clock.monotonic();
    // It has ended meanwhile, or goes on under another credential.
    if (this.#watched.get(session) !== watched) return;
    const same = answer?.verdict === 'accepted' && answer.identity.account === identity.account;
    const unclear = !answer || (answer.verdict === 'refused' && answer.reason === 'temporary-auth-failure');
    if (same) watched.heldAt = now;
    else if (!unclear || now - watched.heldAt >= settings.grace) return this.#end(session);
    watched.due = now + settings.recheck;
  }

  #end(session: Session): void {
    session.end('credentials-expired', 'not-authorized');
  }
}

/**
 * Ends sessions whose credential has ended: what a site grants for an hour lasts no longer, and who has signed out of
 * the site is out of the chat soon, whatever the client does. Who has come back with a new credential in time goes on
 * (`session:renewed`).
 */
export const credentials = defineModule({
  id: 'credentials',
  xeps: [],
  settings,
  setup(context) {
    const kept = new Credentials(context);
    context.on('session:bound', ({ session }) => kept.note(session));
    context.on('session:renewed', ({ session }) => kept.note(session));
    context.on('session:ended', ({ session }) => kept.forget(session));
    context.clock.every(PERIOD, () => kept.look());
    context.gauge('limited', () => kept.limited);
    context.gauge('watched', () => kept.watched);
  },
});
