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
/** What a name looks like: two that are the same here cannot be told apart by a glance. Empty for one nobody sees. */
export function skeleton(name: string): string {
  return fold(name.normalize('NFKC').replace(INVISIBLE, '').toLowerCase());
}

/**
 * The words that a name may be read as, whatever ornament stands around and in it: `~ Ádmin_2 ~` as `admin`. More than
 * one where numbers at its ends may be letters: `0wner`. None where there is no letter in it.
 */
export function wordsOf(name: string): readonly string[] {
  const plain = name.normalize('NFKD').replace(INVISIBLE, '').toLowerCase();
  const whole = plain.replace(/[^\p{L}\p{N}]/gu, '');
  const bare = whole.replace(/^\p{N}+|\p{N}+$/gu, '');
  return bare === '' ? [] : [...new Set([bare, whole])].map((word) => fold(word).replaceAll('rn', 'm'));
}

function fold(shown: string): string {
  let out = '';
  for (const letter of shown) out += LOOKALIKES.get(letter) ?? letter;
  return out;
}
