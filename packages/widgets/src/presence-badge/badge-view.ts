import { type PresenceState, STATES } from './status.js';

/** What the badge says for each state. */
export type PresenceWords = Readonly<Record<PresenceState, string>>;

export const ENGLISH: PresenceWords = {
  online: 'Online',
  away: 'Away',
  dnd: 'Do not disturb',
  offline: 'Offline',
  unknown: 'Unknown',
};

/** What there is to be seen of a badge. */
export interface BadgePicture {
  readonly state: PresenceState;
  readonly words: PresenceWords;
  /** Undefined: the mark alone; empty: the word of the state; else this. */
  readonly label: string | undefined;
}

/** What a badge is called and what its tooltip says. */
export function nameOf({ state, words, label }: BadgePicture): string {
  return label ? `${label}: ${words[state]}` : words[state];
}

const SVG = 'http://www.w3.org/2000/svg';

function svgElement(name: string, attributes: Readonly<Record<string, number | string>>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, `${value}`);
  return element;
}

/** The inside of a badge: one mark whose shape the styles make, and the text beside it. */
export class BadgeView {
  readonly root: HTMLElement = document.createElement('span');
  readonly #mark = svgElement('svg', { viewBox: '0 0 12 12', 'aria-hidden': 'true' });
  readonly #label = document.createElement('span');
  #labelled: string | undefined;
  #words: PresenceWords | undefined;

  constructor() {
    this.root.className = 'badge';
    this.root.setAttribute('part', 'badge');
    this.root.setAttribute('role', 'img');
    this.#mark.append(
      // A hundred units around, from the right side on: the gap of `away` is at the upper right.
      svgElement('circle', { cx: 6, cy: 6, r: 4.75, pathLength: 100 }),
      svgElement('path', { d: 'M2.7 2.7l6.6 6.6' }),
    );
    this.#label.className = 'label';
    this.#label.setAttribute('part', 'label');
    this.root.append(this.#mark, this.#label);
  }

  show(picture: BadgePicture): void {
    const { state, words, label } = picture;
    const name = nameOf(picture);
    this.root.dataset.state = state;
    this.root.setAttribute('aria-label', name);
    this.root.title = name;
    this.#mark.setAttribute('part', `mark ${state}`);
    if (label !== this.#labelled || words !== this.#words) this.#write(label, words);
    this.#labelled = label;
    this.#words = words;
    for (const [index, child] of [...this.#label.children].entries()) {
      child.toggleAttribute('data-now', label !== '' || STATES[index] === state);
    }
  }

  /** All words one over the other, so that a change of state moves nothing around the badge. */
  #write(label: string | undefined, words: PresenceWords): void {
    const texts = label === undefined ? [] : label === '' ? STATES.map((state) => words[state]) : [label];
    this.#label.replaceChildren(
      ...texts.map((text) => {
        const span = document.createElement('span');
        span.textContent = text;
        return span;
      }),
    );
  }
}
