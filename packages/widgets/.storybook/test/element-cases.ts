import type { LitElement, PropertyDeclarations, TemplateResult } from 'lit';

/** What elements are made of: Lit's, or what the bundle has in its place. */
export interface Elements {
  readonly LitElement: typeof LitElement;
  readonly html: (strings: TemplateStringsArray, ...values: unknown[]) => TemplateResult;
  readonly css: (strings: TemplateStringsArray) => { readonly styleSheet?: CSSStyleSheet | undefined };
}

const PROPERTIES: PropertyDeclarations = {
  name: {},
  tone: { reflect: true },
  still: { type: Boolean, attribute: 'is-still', reflect: true },
  longName: {},
  data: { attribute: false },
  own: { noAccessor: true },
};

/** An element that does what ours do: all that happens to it is written down. */
interface Probe extends LitElement {
  name: unknown;
  tone: unknown;
  still: unknown;
  longName: unknown;
  data: unknown;
  own: unknown;
  /** Runs within the next call of that name. */
  next:
    | { readonly at: 'render' | 'scheduleUpdate' | 'updated' | 'willUpdate'; readonly run: () => unknown }
    | undefined;
  readonly log: string[];
}

/** What is done to an element, one after the other, by what it is about. What it tells is looked at after each step. */
const CASES: Readonly<Record<string, (element: Probe) => readonly (() => unknown)[]>> = {
  properties: (element) => [
    () => {
      element.name = 'a';
      element.name = 'b';
      element.data = [1];
    },
    () => {
      element.name = 'b';
      element.data = Number.NaN;
    },
    () => {
      element.data = Number.NaN;
    },
  ],
  attributes: (element) => [
    () => element.setAttribute('name', 'a'),
    () => element.setAttribute('longname', 'b'),
    () => element.setAttribute('data', 'c'),
    () => element.setAttribute('is-still', 'false'),
    () => element.removeAttribute('is-still'),
    () => element.removeAttribute('name'),
  ],
  reflected: (element) => [
    () => {
      element.tone = 'x';
      element.still = true;
    },
    () => element.setAttribute('tone', 'y'),
    () => {
      element.tone = 'z';
      element.setAttribute('tone', 'w');
    },
    () => {
      element.setAttribute('tone', 'v');
      element.tone = 'u';
    },
    () => {
      element.tone = undefined;
      element.still = false;
    },
    () => {
      element.tone = 7;
    },
    () => element.removeAttribute('tone'),
    () => {
      element.tone = null;
      element.still = 0;
    },
  ],
  'accessors of its own': (element) => [
    () => {
      element.own = 'a';
    },
    () => element.setAttribute('own', 'b'),
    () => element.requestUpdate('own', 'b'),
  ],
  'asked to': (element) => [() => element.requestUpdate(), () => element.requestUpdate('name', 'before')],
  'changed meanwhile': (element) =>
    (['willUpdate', 'render', 'updated'] as const).map((at) => () => {
      element.next = { at, run: () => Object.assign(element, { name: at }) };
      element.requestUpdate();
    }),
  'put off': (element) => [
    () => {
      element.next = { at: 'scheduleUpdate', run: () => Promise.resolve() };
      element.name = 'a';
    },
  ],
  moved: (element) => [
    () => document.body.prepend(element),
    () => {
      element.remove();
      element.name = 'away';
    },
    () => document.body.append(element),
  ],
  failing: (element) => [
    ...(['willUpdate', 'render', 'updated'] as const).map((at) => () => {
      element.next = {
        at,
        run: () => {
          throw new Error(at);
        },
      };
      element.name = at;
    }),
    () => {
      element.name = 'well';
    },
  ],
};

/** By what each case is about: what an element told of each of its steps. */
export type Done = Readonly<Record<string, readonly (readonly string[])[]>>;

/** @param tag of the element that is made for it */
export async function done(elements: Elements, tag: string): Promise<Done> {
  // Made before its class is known, as one that stands in a page.
  document.body.insertAdjacentHTML('beforeend', `<${tag} name="in markup" tone="markup" data="x"></${tag}>`);
  const early = document.body.lastElementChild as Probe;
  Object.assign(early, { tone: 'early', own: 'early' });
  customElements.define(tag, probeOf(elements));
  const results: Record<string, string[][]> = { early: [await told(early)] };
  for (const [name, steps] of Object.entries(CASES)) {
    const element = document.createElement(tag) as Probe;
    document.body.append(element);
    const texts = [await told(element)];
    for (const step of steps(element)) {
      step();
      texts.push(await told(element));
    }
    results[name] = texts;
  }
  return results;
}

/** What an element has told since, and how it looks once all is shown. */
async function told(element: Probe): Promise<string[]> {
  const settled: string[] = [];
  for (let whole = false; !whole; ) {
    whole = await element.updateComplete.catch((error: unknown) => {
      settled.push(String(error));
      return true;
    });
    settled.push(`settled ${whole}`);
  }
  const { color } = getComputedStyle(element);
  const inside = element.shadowRoot?.innerHTML.replace(/<!--.*?-->/g, '') ?? 'nothing';
  return [...element.log.splice(0), ...settled, element.outerHTML, inside, color];
}

function probeOf({ LitElement: Base, html, css }: Elements): CustomElementConstructor {
  class Parent extends Base {
    static override properties = PROPERTIES;
    static override styles = [
      css`:host { color: rgb(1, 2, 3) }`,
      css`:host { color: rgb(4, 5, 6) }`,
    ] as never;
    declare name: unknown;
    declare tone: unknown;
    declare longName: unknown;
    declare data: unknown;
    readonly log: string[] = [];
    next: Probe['next'];
    #own: unknown;

    constructor() {
      super();
      this.name = 'at first';
      this.tone = 'first';
      this.addController({
        hostConnected: () => void this.log.push('hostConnected'),
        hostUpdated: () => void this.log.push(`hostUpdated ${this.hasUpdated}`),
      });
    }

    get own(): unknown {
      return this.#own;
    }

    set own(value: unknown) {
      const before = this.#own;
      this.#own = value;
      this.requestUpdate('own', before);
    }

    #on(at: string): unknown {
      this.log.push(at);
      if (this.next?.at !== at) return undefined;
      const { run } = this.next;
      this.next = undefined;
      return run();
    }

    protected override scheduleUpdate(): void | Promise<unknown> {
      const wait = this.#on('scheduleUpdate');
      return wait instanceof Promise ? wait.then(() => super.scheduleUpdate()) : super.scheduleUpdate();
    }

    protected override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
      this.log.push([...changed].map(([name, before]) => `${String(name)} was ${String(before)}`).join());
      this.#on('willUpdate');
    }

    protected override render(): TemplateResult {
      this.#on('render');
      return html`<p title=${String(this.tone)}>${this.name} ${this.longName} ${String(this.data)}</p>`;
    }

    protected override updated(changed: ReadonlyMap<PropertyKey, unknown>): void {
      this.log.push([...changed.keys()].join());
      this.#on('updated');
    }
  }
  // As `embed.js` registers ours.
  return class extends Parent {};
}
