/** How long the page around a frame may take to give a token, in ms. */
export const TOKEN_PATIENCE = 20_000;

/** Whom a token is wanted of. */
export interface TokenGivers {
  /** Origins that may say who signs in. */
  readonly tokenOrigins: readonly string[];
  readonly after: (delay: number, run: () => void) => () => void;
}

/** A token that a framed room has asked the page around it for. */
export class WantedToken {
  readonly given: Promise<string | null>;
  readonly #givers: TokenGivers;
  #give: (token: string | null) => void = () => {};
  #fail: (why: Error) => void = () => {};

  /** @param over called once it is given, or will not be */
  constructor(givers: TokenGivers, over: () => void) {
    this.#givers = givers;
    const off = givers.after(TOKEN_PATIENCE, () =>
      this.#fail(new Error('the page around it gives no token')),
    );
    this.given = new Promise<string | null>((resolve, reject) => {
      this.#give = resolve;
      this.#fail = reject;
    }).finally(() => {
      off();
      over();
    });
  }

  /** Whether the page is one that may give it; where it is not, nothing is waited for. */
  mayAsk(origin: string): boolean {
    if (this.#givers.tokenOrigins.includes(origin)) return true;
    this.#fail(new Error(`pages of ${origin} may not say who signs in (embed.tokenOrigins)`));
    return false;
  }

  /** @param token undefined where the page cannot say it now */
  hear(origin: string, token: string | null | undefined): void {
    if (!this.mayAsk(origin)) return;
    if (token === undefined) this.#fail(new Error('the page around it cannot say now who is signed in'));
    else this.#give(token);
  }
}
