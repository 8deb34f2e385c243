import type { Strings } from '../locales/en.js';

const DAY = 86_400_000;

/** Says times and numbers in a language. Made once per element: `Intl` formats are dear to make. */
export class Times {
  readonly #strings: Strings;
  readonly #time: Intl.DateTimeFormat;
  readonly #full: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #number: Intl.NumberFormat;

  /** @param language of the page, if it has one; else that of the strings */
  constructor(strings: Strings, language?: string) {
    const locale = supported(language) ?? strings.language;
    this.#strings = strings;
    this.#time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
    this.#full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });
    this.#day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
    this.#number = new Intl.NumberFormat(locale);
  }

  /** `18:04` */
  time(at: number): string {
    return this.#time.format(at);
  }

  /** `Thursday, 15 January 2026 at 18:04` */
  full(at: number): string {
    return this.#full.format(at);
  }

  /** `Today`, `Yesterday`, or the day with its name. */
  day(at: number, now: number): string {
    const midnight = new Date(now).setHours(0, 0, 0, 0);
    if (at >= midnight && at < midnight + DAY) return this.#strings.today;
    if (at >= midnight - DAY && at < midnight) return this.#strings.yesterday;
    return this.#day.format(at);
  }

  /** `1,204` */
  count(value: number): string {
    return this.#number.format(value);
  }
}

/** A `lang` that is no language tag must not break the chat. */
function supported(language: string | undefined): string | undefined {
  try {
    return language ? Intl.getCanonicalLocales(language)[0] : undefined;
  } catch {
    return undefined;
  }
}
