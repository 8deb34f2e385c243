import { createHash } from 'node:crypto';
import type { Clock, Millis } from '@meerkat-chat/xmpp';

interface Kept<Answer> {
  readonly answer: Answer;
  readonly until: Millis;
}

/**
 * Answers about credentials, each for a while, in bounded memory: the oldest goes first. They are found by a hash, so
 * that no credential stays in memory. Who asks while somebody asks already gets the same answer.
 */
export class RememberedAnswers<Answer> {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #life: (answer: Answer) => Millis;
  readonly #kept = new Map<string, Kept<Answer>>();
  readonly #asking = new Map<string, Promise<Answer>>();

  /** @param life how long an answer is good; 0: not at all */
  constructor(clock: Clock, most: number, life: (answer: Answer) => Millis) {
    this.#clock = clock;
    this.#most = most;
    this.#life = life;
  }

  /** How many answers are kept, good or not. */
  get size(): number {
    return this.#kept.size;
  }

  /** How many are being asked for. */
  get asking(): number {
    return this.#asking.size;
  }

  /**
   * The answer about a credential; `ask` is called when none is known.
   * @param suffices whether an answer that is remembered will do; any, by default
   */
  get(
    credential: string,
    ask: () => Promise<Answer>,
    suffices: (answer: Answer) => boolean = () => true,
  ): Promise<Answer> {
    const key = createHash('sha256').update(credential).digest('base64');
    const kept = this.#kept.get(key);
    if (kept && kept.until > this.#clock.monotonic() && suffices(kept.answer)) {
      return Promise.resolve(kept.answer);
    }
    const asking = this.#asking.get(key) ?? this.#ask(key, ask);
    return asking;
  }

  #ask(key: string, ask: () => Promise<Answer>): Promise<Answer> {
    const asking = ask().then(
      (answer) => {
        this.#asking.delete(key);
        this.#keep(key, answer);
        return answer;
      },
      (error: unknown) => {
        this.#asking.delete(key);
        throw error;
      },
    );
    this.#asking.set(key, asking);
    return asking;
  }

  #keep(key: string, answer: Answer): void {
    const life = this.#life(answer);
    this.#kept.delete(key);
    if (life <= 0) return;
    this.#kept.set(key, { answer, until: this.#clock.monotonic() + life });
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined && this.#kept.size > this.#most) this.#kept.delete(oldest);
  }
}
