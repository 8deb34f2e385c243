import { type StanzaError, stanzaError } from '@meerkat-chat/xmpp';

// Characters that look like another one in common fonts, after NFKC and lower case. Latin is what they are mapped
// to; both Cyrillic and Greek, and the digits that pass for letters. A short list on purpose: it is about people
// who pose as others in one room, not about all of Unicode (UTS 39).
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  (
    [
      ['a', 'аαɑ'],
      ['b', 'ьв'],
      ['c', 'сϲ'],
      ['d', 'ԁ'],
      ['e', 'еєҽ'],
      ['g', 'ɡց'],
      ['h', 'һн'],
      ['j', 'јϳ'],
      ['k', 'кκĸ'],
      ['l', 'i1|іıιǀӏ'],
      ['m', 'м'],
      ['n', 'ոη'],
      ['o', '0оοσօ'],
      ['p', 'рρ'],
      ['q', 'ԛ'],
      ['r', 'гᴦ'],
      ['s', 'ѕꜱ'],
      ['t', 'тτ'],
      ['u', 'υսʋ'],
      ['v', 'ѵνᴠ'],
      ['w', 'ԝωшɯ'],
      ['x', 'хχ'],
      ['y', 'уγү'],
      ['z', 'ᴢ'],
    ] as const
  ).flatMap(([latin, others]) => [...others].map((other) => [other, latin] as const)),
);

// What nobody sees: format characters, variation selectors, spaces, fillers that take room and show nothing.
const INVISIBLE = /[\p{Cf}\p{Cc}\p{Z}\p{Variation_Selector}\u115f\u1160\u3164\uffa0\u2800]/gu;
// What turns the direction of the text around it.
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** What a nick looks like: two that are the same here cannot be told apart by a glance. Empty for one nobody sees. */
export function skeleton(nick: string): string {
  const shown = nick.normalize('NFKC').replace(INVISIBLE, '').toLowerCase();
  let out = '';
  for (const letter of shown) out += LOOKALIKES.get(letter) ?? letter;
  return out;
}

/** Why a nick cannot be had by anybody; undefined when it can. @param nick prepared as a resource */
export function nickProblem(nick: string, maxBytes: number): StanzaError | undefined {
  if (Buffer.byteLength(nick) > maxBytes) return stanzaError('not-acceptable', 'The nick is too long.');
  if (DIRECTION.test(nick)) {
    return stanzaError('not-acceptable', 'The nick has characters that turn the direction of text.');
  }
  return skeleton(nick) === '' ? stanzaError('not-acceptable', 'The nick cannot be seen.') : undefined;
}
