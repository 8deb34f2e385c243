/** Cookies of a request: read by name, and written to no log, since they sign people in. */
export class Cookies {
  readonly #header: string;
  #entries: readonly (readonly [name: string, value: string])[] | undefined;

  /** @param header the `Cookie` header as it came (RFC 6265 section 4.2) */
  constructor(header: string) {
    this.#header = header;
  }

  /** The values under a name, as they came and in their order: browsers send the one of the longest path first. */
  values(name: string): readonly string[] {
    return this.entries()
      .filter(([known]) => known === name)
      .map(([, value]) => value);
  }

  /** Names with values, read once. What has no name is passed over. */
  entries(): readonly (readonly [name: string, value: string])[] {
    this.#entries ??= this.#header.split(';').flatMap((pair): [string, string][] => {
      const at = pair.indexOf('=');
      const name = pair.slice(0, at).trim();
      return at < 0 || name === '' ? [] : [[name, unquoted(pair.slice(at + 1).trim())]];
    });
    return this.#entries;
  }

  toJSON(): string {
    return '(cookies)';
  }
}

function unquoted(value: string): string {
  return value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
}
