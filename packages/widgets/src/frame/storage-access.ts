/** What a document says of the cookies that a browser holds back from frames (Storage Access API). */
export type AccessDocument = Pick<Document, 'hasStorageAccess' | 'requestStorageAccess'>;

/** What is shown where a press may bring them. */
export interface AccessBar {
  show(): void;
  hide(): void;
  /** Says that the browser has refused, in place of the button. */
  refused(): void;
}

/**
 * Where the cookie by which one is signed in is held back from the frame, the browser may give it for a press of a button:
 * browsers ask for that, and may ask the person.
 */
export class StorageAccess {
  readonly #document: Partial<AccessDocument>;
  readonly #bar: AccessBar;
  /** Signs in again, with the cookie. */
  readonly #again: () => void;
  #offered = false;

  constructor(document: Partial<AccessDocument>, bar: AccessBar, again: () => void) {
    this.#document = document;
    this.#bar = bar;
    this.#again = again;
  }

  /** Nobody was signed in by the cookie: is it held back? */
  async missing(): Promise<void> {
    if (this.#offered || !this.#document.requestStorageAccess) return;
    this.#offered = true;
    const has = await this.#document.hasStorageAccess?.().catch(() => false);
    if (!has) this.#bar.show();
  }

  /** Somebody has pressed the button. */
  async pressed(): Promise<void> {
    try {
      await this.#document.requestStorageAccess?.();
    } catch {
      this.#bar.refused();
      return;
    }
    this.#bar.hide();
    this.#again();
  }
}
