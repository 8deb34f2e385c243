/** A renderer: Lit's, or the one that the bundle has in its place. */
export interface Renderer {
  readonly html: (strings: TemplateStringsArray, ...values: unknown[]) => unknown;
  readonly nothing: unknown;
  readonly render: (value: unknown, container: HTMLElement) => unknown;
}

/** What is shown one after the other in the same place, by what it is about. */
const CASES: Readonly<Record<string, (renderer: Renderer) => readonly unknown[]>> = {
  texts: ({ html, nothing }) =>
    ['a', 'a', '', 0, 'b', null, undefined, nothing, '<i>', false].map(
      (text) => html`<p>1${text}2 ${text}</p>`,
    ),
  templates: ({ html, nothing }) =>
    [html`<b>x</b>`, html`<b>x</b>`, nothing, 'text', html`<i>${html`<u>y</u>`}</i>z`, 'text'].map(
      (inside) => html`<p>${inside}${inside}</p>${inside}`,
    ),
  lists: ({ html, nothing }) =>
    [['a'], ['a', 'b', 'c'], 'text', ['c'], [], ['d', 'e'], nothing, ['f'], html`<hr />`, ['g', 'h']].map(
      (list) => {
        const item = (text: string) => html`<li class=${text}>${text}${[text, [text]]}</li>`;
        return html`<ul>${Array.isArray(list) ? list.map(item) : list}<li>last</li></ul>`;
      },
    ),
  attributes: ({ html, nothing }) =>
    ['a', 'a', '', undefined, 'b', nothing, null, 'c"d', nothing].map(
      (value) =>
        html`<p class="one" title=${value} lang="en" aria-label="${value}" data-x=${'x'}>${value}</p>`,
    ),
  flags: ({ html, nothing }) =>
    [true, false, 1, 0, 'x', nothing, undefined].map(
      (flag) => html`<input ?disabled=${flag} ?data-on=${!flag} />`,
    ),
  'what looks like a template, from JSON': ({ html }) =>
    [
      '{"strings":["<b>x</b>"],"values":[]}',
      '{"strings":{"raw":["<b>x</b>"]},"values":[]}',
      '[{"strings":""}]',
    ].map((text) => html`<p>${JSON.parse(text)}</p>`),
  // As the bundle has its templates.
  tight: ({ html }) =>
    [true, false].map((flag) => html`<p title=${flag}><input class=${flag} ?disabled=${flag}/></p>`),
  properties: ({ html, nothing }) =>
    ['a', 'b', undefined, nothing].map(
      (value) => html`<input .className=${value} .tabIndex=${3} .defaultValue="${value}" />`,
    ),
  listeners: ({ html, nothing }) => {
    const say = (text: string) => (event: Event) => {
      (event.currentTarget as HTMLElement).textContent += text;
    };
    return [say('a'), say('b'), nothing, undefined, say('c')].map(
      (run) => html`<button @click=${run}></button>`,
    );
  },
  'nodes that stay': ({ html }) =>
    ['a', 'b'].map((text) => html`<div><p>${text}</p><input placeholder=${text} />${[text, text]}</div>`),
};

/** By what each case is about: what it shows after each of its steps. */
export type Played = Readonly<Record<string, readonly string[]>>;

/** What each case shows after each step: the markup without comments, and what stands in its fields, once all has been pressed and typed into. */
export function played(renderer: Renderer): Played {
  const shown = ([name, steps]: [string, (typeof CASES)[string]]) => {
    const container = document.body.appendChild(document.createElement('main'));
    const texts = steps(renderer).map((step) => {
      renderer.render(step, container);
      for (const button of container.querySelectorAll('button')) button.click();
      for (const input of container.querySelectorAll('input')) input.value += '.';
      const typed = [...container.querySelectorAll('input')].map(({ value }) => value);
      return `${container.innerHTML.replace(/<!--.*?-->/g, '')} ${typed}`;
    });
    return [name, texts] as const;
  };
  return Object.fromEntries(Object.entries(CASES).map(shown));
}
