import { parseFrame } from '@meerkat-chat/sdk/testing';
import { parseXml } from '@meerkat-chat/server/testing';
import { type Element, serialize } from '@meerkat-chat/xmpp';
import { SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';

/** What XML is made of, whole and in halves. Comments and the like are left out: they are no part of a stream. */
const PIECES = [
  ...['<a', '<p:a', '</a', '</p:a', '<', '</', '>', '/>', '/', 'a', 'p:', ':', ' ', '\n', '\r\n', '\t', '='],
  ...[' b="1"', " b='2'", ' p:b="3"', ' q:b="4"', ' c = "5"', ' xml:lang="en"', '"', "'"],
  ...[' xmlns="u"', ' xmlns=""', ' xmlns:p="v"', ' xmlns:q="v"', ' xmlns:p=""'],
  ...['&amp;', '&#65;', '&#x1F600;', '&#0;', '&#xFFFE;', '&x;', '&', ';', 'x', 'é', '\u{1f600}', ']]>', ']]'],
];

/** An element with others in it, as pieces; most of the time it is well-formed. */
function document(random: SeededRandom, depth = 0): string[] {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random.number() * from.length)] as T;
  const name = pick(['a', 'a', 'p:a']);
  const attrs = [' b="1&amp;"', " c='\t2'", ' p:b="3"', ' q:b="4"', ' xmlns:q="w"', ' xmlns="u"'];
  const out = [`<${name}`, ...(depth === 0 ? [' xmlns:p="v"', ' xmlns:q="v"'] : [])];
  for (const attr of attrs)
    if (random.number() < 0.15 && (depth > 0 || !attr.includes(':q='))) out.push(attr);
  if (random.number() < 0.3) return [...out, '/>'];
  out.push('>');
  while (depth < 4 && random.number() < 0.6) {
    out.push(
      ...(random.number() < 0.5 ? document(random, depth + 1) : [pick(['x', '&lt;', '\r\n', ' ', "'"])]),
    );
  }
  return [...out, `</${name}`, '>'];
}

/** One text, whatever a parser cut it into. */
const written = (element: Element | undefined): string | undefined => element && serialize(element);

test.each(Array.from({ length: 40 }, (_, seed) => seed))(
  'the parser of frames agrees with the one of the server, seed %i',
  (seed) => {
    const random = new SeededRandom(seed);
    let good = 0;
    for (let round = 0; round < 100; round++) {
      const pieces = document(random);
      for (let changes = Math.floor(random.number() * 3); changes > 0; changes--) {
        const at = Math.floor(random.number() * pieces.length);
        const piece = PIECES[Math.floor(random.number() * PIECES.length)] ?? '';
        pieces.splice(at, Math.floor(random.number() * 2), piece);
      }
      const frame = pieces.join('');
      const expected = written(parseXml(frame));
      if (expected !== undefined) good++;
      expect({ frame, read: written(parseFrame(frame)) }).toEqual({ frame, read: expected });
    }
    expect(good).toBeGreaterThan(20);
  },
);
