import { BuiltSite } from './built-site.js';

/** The page with every state of `<chat-room>`, on fake chats: built once for a file of tests, and served. */
export class Gallery {
  readonly #site: BuiltSite;

  private constructor(site: BuiltSite) {
    this.#site = site;
  }

  static async open(): Promise<Gallery> {
    return new Gallery(await BuiltSite.open('packages/widgets/dev/vite.config.ts'));
  }

  /** The address of one state, with options of the page. */
  url(state: string, options: Readonly<Record<string, string>> = {}): string {
    return this.#url('states.html', { state, ...options });
  }

  /** The address of a page with `<chat-box>`, with its options (packages/widgets/dev/box.ts). */
  box(options: Readonly<Record<string, string>> = {}): string {
    return this.#url('box.html', options);
  }

  #url(page: string, options: Readonly<Record<string, string>>): string {
    return `${this.#site.url}/${page}?${new URLSearchParams(options)}`;
  }

  close(): Promise<void> {
    return this.#site.close();
  }
}
