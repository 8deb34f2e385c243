// In the bundle, in place of Lit's element: what ours use of it, in a third of its length. Properties are texts, flags
// and whatever scripts put into them: no converters, no defaults, no inherited declarations, none that come later.
// `.storybook/test/renderer.spec.ts` holds it to what Lit's own does with the same.

import type { CSSResult } from './css-tag.js';
import { nothing, render } from './lit-html.js';

/** A property that is rendered again for. */
interface Declared {
  /** The attribute that sets it: by default its name in lower case. */
  readonly attribute?: string | false;
  /** A flag is on while its attribute is there; of all others the text counts. */
  readonly type?: typeof Boolean;
  /** What a script says is written into the attribute, too. */
  readonly reflect?: boolean;
  /** The class has accessors of its own. */
  readonly noAccessor?: boolean;
}

/** What is told of an element, from its constructor on. */
interface Controller {
  hostConnected?(): void;
  hostUpdated?(): void;
}

const attributeOf = ([name, { attribute }]: readonly [string, Declared]): string | false =>
  attribute ?? name.toLowerCase();

/** An element that is rendered once after what it shows has changed. Its names mean what they mean in Lit. */
export class LitElement extends HTMLElement {
  static readonly properties: Readonly<Record<string, Declared>> = {};
  static readonly styles: readonly CSSResult[] = [];

  declare renderRoot: ShadowRoot;
  hasUpdated = false;
  /** Settles once all that is to be shown is. False where the same update changed something again. */
  updateComplete: Promise<boolean>;
  readonly #values = new Map<string, unknown>();
  readonly #controllers: Controller[] = [];
  /** What has changed since the last update, and from what. */
  #changed = new Map<string, unknown>();
  /** What was set before the class was known: it counts more than what the class or an attribute says. */
  readonly #early: Record<string, unknown> = {};
  #pending = false;
  /** Attributes follow properties now, and not the other way round. */
  #reflecting = false;
  #ready: (ready: boolean) => void = () => {};

  static get observedAttributes(): readonly string[] {
    // biome-ignore lint/complexity/noThisInStatic: the class that is being registered
    const { properties, prototype } = this;
    const all = Object.entries(properties);
    for (const [name, { noAccessor }] of all) {
      if (!noAccessor) {
        Object.defineProperty(prototype, name, {
          configurable: true,
          get(this: LitElement) {
            return this.#values.get(name);
          },
          set(this: LitElement, value: unknown) {
            const before = this.#values.get(name);
            this.#values.set(name, value);
            this.requestUpdate(name, before);
          },
        });
      }
    }
    return all.map(attributeOf).filter((attribute) => attribute !== false);
  }

  constructor() {
    super();
    this.updateComplete = new Promise((ready) => {
      this.#ready = ready;
    });
    for (const [name] of this.#declared) {
      if (!Object.hasOwn(this, name)) continue;
      this.#early[name] = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
    }
    this.requestUpdate();
  }

  get #declared(): readonly (readonly [string, Declared])[] {
    return Object.entries((this.constructor as typeof LitElement).properties);
  }

  addController(controller: Controller): void {
    this.#controllers.push(controller);
  }

  connectedCallback(): void {
    if (!this.renderRoot) {
      const { styles } = this.constructor as typeof LitElement;
      this.renderRoot = this.attachShadow({ mode: 'open' });
      this.renderRoot.adoptedStyleSheets = styles.map(({ styleSheet }) => styleSheet);
    }
    this.#ready(true);
    for (const controller of this.#controllers) controller.hostConnected?.();
  }

  disconnectedCallback(): void {}

  attributeChangedCallback(attribute: string, _before: string | null, text: string | null): void {
    if (this.#reflecting) return;
    for (const one of this.#declared) {
      const [name, { type }] = one;
      if (attributeOf(one) === attribute) Reflect.set(this, name, type ? text !== null : text);
    }
  }

  /** Renders again soon. @param name what has changed, where it is known, and from what */
  requestUpdate(name?: string, before?: unknown): void {
    if (name !== undefined) {
      if (Object.is(Reflect.get(this, name), before)) return;
      if (!this.#changed.has(name)) this.#changed.set(name, this.hasUpdated ? before : undefined);
    }
    if (!this.#pending) this.updateComplete = this.#update();
  }

  async #update(): Promise<boolean> {
    this.#pending = true;
    try {
      await this.updateComplete;
    } catch (error) {
      // It is told as one that nobody has caught, and keeps nothing else from being shown.
      void Promise.reject(error);
    }
    await this.scheduleUpdate();
    return !this.#pending;
  }

  /** Shows what has changed; whoever puts it off calls it later. */
  scheduleUpdate(): void | Promise<unknown> {
    if (!this.hasUpdated) Object.assign(this, this.#early);
    const changed = this.#changed;
    let shown: unknown;
    try {
      this.willUpdate(changed);
      shown = this.render();
      this.#reflect(changed);
    } finally {
      this.#changed = new Map();
      this.#pending = false;
    }
    render(shown, this.renderRoot);
    for (const controller of this.#controllers) controller.hostUpdated?.();
    this.hasUpdated = true;
    this.updated(changed);
  }

  #reflect(changed: ReadonlyMap<string, unknown>): void {
    this.#reflecting = true;
    for (const one of this.#declared) {
      const [name, { type, reflect }] = one;
      const attribute = attributeOf(one);
      if (!attribute || !reflect || !changed.has(name)) continue;
      const value: unknown = Reflect.get(this, name);
      if (type) this.toggleAttribute(attribute, !!value);
      else if ((value ?? null) === null) this.removeAttribute(attribute);
      else if (this.getAttribute(attribute) !== value) this.setAttribute(attribute, String(value));
    }
    this.#reflecting = false;
  }

  willUpdate(_changed: ReadonlyMap<string, unknown>): void {}

  render(): unknown {
    return nothing;
  }

  updated(_changed: ReadonlyMap<string, unknown>): void {}
}
