import type { Shown } from '../connect.js';
import type { Explanations } from '../locales/en.js';
import type { PersonStrings } from '../locales/en-talk.js';
import { addStyles } from './late-styles.js';
import { personStyles } from './person.styles.js';

/** What stands about the person that one talks with. */
export interface PersonView {
  /** Whether they are there; undefined where that is not told. */
  readonly here: boolean | undefined;
  /** The same in words, under their name. */
  readonly line: string | undefined;
  /** Where nothing has been said yet. */
  readonly empty: string;
  /** What becomes of a message meanwhile, while they are not there. */
  readonly note: string | undefined;
}

/** What is shown of somebody in place of what is shown of a room. Loaded with the first conversation. */
export function personView(root: Node, talk: Shown, name: string, words: PersonStrings): PersonView {
  addStyles(root, personStyles);
  const status = talk.status.value;
  const here = status.state === 'joined' ? status.here : undefined;
  const [line, note] = here === undefined ? [] : here ? [words.here] : [words.away, words.awayNote(name)];
  return { here, line, empty: words.empty(name), note };
}

/** Why one cannot write to somebody, in place of why one is not in a room. */
export function explainPerson(all: Explanations, { notAllowed, unknown }: PersonStrings): Explanations {
  return {
    ...all,
    noRoom: unknown,
    roomRefusals: { ...all.roomRefusals, 'not-allowed': notAllowed, 'not-found': unknown },
  };
}
