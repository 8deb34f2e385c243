import type { Occupant } from '@meerkat-chat/sdk';
import { html, nothing, type TemplateResult } from 'lit';
import type { Strings } from '../locales/en.js';
import { nameHue } from '../tokens/name-hue.js';
import { dots } from './dots.js';
import { closeIcon } from './icons.js';
import { initialOf } from './message-row.js';

/** How many people the panel lists; the rest is a number. */
export const LISTED_AT_MOST = 200;

const RANK = { moderator: 0, participant: 1, visitor: 2, none: 3 } as const;

/** Oneself first, then moderators, then by name; at most `LISTED_AT_MOST`. */
export function listed(occupants: Iterable<Occupant>, language: string): readonly Occupant[] {
  const collator = new Intl.Collator(language, { numeric: true });
  return [...occupants]
    .sort(
      (a, b) =>
        Number(b.self) - Number(a.self) || RANK[a.role] - RANK[b.role] || collator.compare(a.nick, b.nick),
    )
    .slice(0, LISTED_AT_MOST);
}

/** What the panel shows and does. */
export interface PeopleView {
  readonly strings: Strings;
  readonly occupants: ReadonlyMap<string, Occupant>;
  readonly count: number;
  readonly format: (count: number) => string;
  readonly onClose: () => void;
  /** What can be done about people; undefined until it is loaded. */
  readonly menus: PersonMenus | undefined;
}

/** The menus of people, which only moderators have. */
export interface PersonMenus {
  readonly mayActOn: (person: Occupant) => boolean;
  readonly personLabel: (nick: string) => string;
  /** @param from the button, which has the focus back afterwards */
  readonly openPerson: (person: Occupant, from: HTMLElement) => void;
}

/** The panel of who is here. */
export function peoplePanel(view: PeopleView): TemplateResult {
  const { strings, occupants, count, format, onClose, menus } = view;
  const people = listed(occupants.values(), strings.language);
  const more = count - people.length;
  // Where nobody has a picture there is no column for them.
  const pictured = people.some(({ avatar }) => avatar !== undefined);
  return html`
    <section class="people" id="people" part="people" aria-label=${strings.whoIsHere} tabindex="-1">
      <div class="people-head">
        <span>${strings.whoIsHere}</span>
        <button class="icon" type="button" aria-label=${strings.close} @click=${onClose}>${closeIcon}</button>
      </div>
      <ul role="list" tabindex="0" aria-label=${strings.whoIsHere}>
        ${people.map(
          // The hue by the object model: a strict content policy forbids style attributes.
          (person) => html`<li .style=${`--hue:${nameHue(person.occupantId ?? person.nick)}`}>
            ${pictured ? faceOf(person) : nothing}<bdi class="name">${person.nick}</bdi>
            ${noteOf(person, strings)} ${menus?.mayActOn(person) ? menuButton(person, menus) : nothing}
          </li>`,
        )}
        ${more > 0 ? html`<li class="more">${strings.andMore(format(more))}</li>` : nothing}
      </ul>
    </section>
  `;
}

/** A picture over the first letter of a name, which stays where none comes. Its host is not told from which page it is asked. */
function faceOf({ avatar, nick }: Occupant): TemplateResult {
  const gone = ({ target }: Event): void => {
    if (target instanceof HTMLElement) target.hidden = true;
  };
  const picture = html`<img alt="" src=${avatar} referrerpolicy="no-referrer" decoding="async" @error=${gone} />`;
  return html`<span class="face" aria-hidden="true">${initialOf(nick)}${avatar === undefined ? nothing : picture}</span>`;
}

function menuButton(person: Occupant, menus: PersonMenus): TemplateResult {
  const open = (event: Event): void => {
    if (event.currentTarget instanceof HTMLElement) menus.openPerson(person, event.currentTarget);
  };
  return html`<button class="icon" type="button" aria-haspopup="menu" aria-label=${menus.personLabel(person.nick)} @click=${open}>${dots}</button>`;
}

function noteOf({ self, role }: Occupant, strings: Strings): TemplateResult | typeof nothing {
  const note = self
    ? strings.you
    : role === 'moderator'
      ? strings.moderator
      : role === 'visitor'
        ? strings.visitor
        : undefined;
  return note === undefined ? nothing : html`<span class="note">${note}</span>`;
}
