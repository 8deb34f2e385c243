import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { presenceBadgeStyles } from '../presence-badge/presence-badge.styles.js';
import { CONTRAST_PAIRS, type ContrastPair, ROWS } from './contract/contrast-pairs.js';
import { type ColourContext, contrast, over, readColour } from './contract/css-colour.js';
import { tokenStyles } from './tokens.styles.js';

/** `property: value` of the first rule with that selector. */
function declarations(css: string, selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const body = css.slice(start, css.indexOf('}', start)).replace(/\/\*[\s\S]*?\*\//g, '');
  return new Map(
    [...body.matchAll(/([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [
      name,
      value.replace(/\s+/g, ' ').trim(),
    ]),
  );
}

const TOKENS = declarations(tokenStyles.cssText, ':host');
const NAME = declarations(tokenStyles.cssText, '.name').get('color') ?? '';

function look(scheme: 'dark' | 'light', accent?: string): ColourContext {
  return {
    scheme,
    properties: new Map([...TOKENS, ...(accent ? [['--chat-accent', accent] as const] : [])]),
  };
}

/** Where a pair falls short, as text. */
function shortcomings(context: ColourContext, pairs: readonly ContrastPair[]): string[] {
  return pairs.flatMap(({ front, grounds, opacity = 1, least }) =>
    grounds.flatMap((ground) => {
      const below = readColour(ground, context);
      const reached = contrast(over(readColour(front, context), below, opacity), below);
      return reached >= least ? [] : [`${front} on ${ground}: ${reached.toFixed(2)}`];
    }),
  );
}

/** Of red, green and blue. */
const STEPS = ['00', '33', '66', '99', 'cc', 'ff'];

describe.each(['light', 'dark'] as const)('%s', (scheme) => {
  test('everything can be read', () => {
    expect(shortcomings(look(scheme), CONTRAST_PAIRS)).toEqual([]);
  });

  test.each([
    'yellow',
    'white',
    'black',
    'transparent',
    'red',
    'blue',
    'lime',
    'aqua',
    'fuchsia',
    'gray',
    'rebeccapurple',
    '#ffd400',
    '#fffffe',
    '#010101',
    '#7f7f7f',
    '#00ffc8',
    '#ff7a00',
    // Beyond what any screen shows.
    'oklch(0.9 0.4 150)',
    'oklch(0.5 0.4 264)',
    'oklch(0.7 0.37 0)',
    'light-dark(white, black)',
  ])('everything can be read with %s for an accent', (accent) => {
    expect(shortcomings(look(scheme, accent), CONTRAST_PAIRS)).toEqual([]);
  });

  test.each(STEPS)('and with any colour of sRGB whose red is %s', (r) => {
    const pairs = CONTRAST_PAIRS.filter(({ front, grounds }) => `${front}${grounds}`.includes('accent'));
    const found = STEPS.flatMap((g) =>
      STEPS.flatMap((b) => {
        const short = shortcomings(look(scheme, `#${r}${g}${b}`), pairs);
        return short.length > 0 ? [`#${r}${g}${b}`, ...short] : [];
      }),
    );
    expect(found).toEqual([]);
  });

  test('an accent that reads well stays as it is', () => {
    const accent = scheme === 'light' ? '#b01030' : '#ff9f80';
    const context = look(scheme, accent);
    expect(contrast(readColour('var(--_accent)', context), readColour(accent, context))).toBeLessThan(1.02);
  });

  test('every hue of a name can be read, and the letter in its face', () => {
    const list = sourcesOf('message-list.styles.ts');
    const faces = declarations(list.slice(list.indexOf(`[data-density='cosy'] {`)), '.avatar');
    const grounds = ROWS;
    const avatar = { front: faces.get('color') ?? '', grounds: [faces.get('background') ?? ''] };
    for (let hue = 0; hue < 360; hue++) {
      const context = look(scheme);
      const tinted = { scheme, properties: new Map([...context.properties, ['--hue', `${hue}`]]) };
      const pairs = [{ front: NAME, grounds }, avatar].map((pair) => ({ ...pair, least: 4.5 as const }));
      expect(shortcomings(tinted, pairs), `hue ${hue}`).toEqual([]);
    }
  });

  test('the marks of presence-badge can be told from any ground that text of that scheme lies on', () => {
    const marks = declarations(presenceBadgeStyles, ':host');
    const context = {
      scheme,
      properties: new Map([...TOKENS, ...marks, ['--_from', scheme === 'light' ? 'black' : 'white']]),
    };
    const grounds = ROWS;
    const pairs = ['good', 'warn', 'bad', 'muted'].map((mark) => ({ front: `var(--_${mark})`, grounds }));
    expect(
      shortcomings(
        context,
        pairs.map((pair) => ({ ...pair, least: 3 as const })),
      ),
    ).toEqual([]);
  });
});

const source = path.resolve(import.meta.dirname, '..');
const styleFiles = readdirSync(source, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.styles.ts') && !file.includes('presence-badge'));

function sourcesOf(end: string): string {
  return styleFiles
    .filter((file) => file.endsWith(end))
    .map((file) => readFileSync(path.join(source, file), 'utf8'))
    .join('\n');
}

/** The values of a property in all styles, but those of forced colours, where the system's are used. */
function valuesOf(properties: RegExp): Set<string> {
  const plain = sourcesOf('.styles.ts')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/@media \(forced-colors: active\) \{[\s\S]*?\n {2}\}/g, '');
  const found = [...plain.matchAll(/([\w-]+):\s*([^;{}]+);/g)].filter(([, name = '']) =>
    properties.test(name),
  );
  return new Set(found.map(([, , value = '']) => value.replace(/\s+/g, ' ').trim()));
}

describe('the table of pairs has every colour of the styles', () => {
  /** Colours that come from the person, and are judged above for each hue. */
  const ofPersons = /var\(--hue\)|nameColour/;

  test('in front', () => {
    const known = new Set(CONTRAST_PAIRS.map(({ front }) => front));
    const used = [...valuesOf(/^color$/)].filter((value) => value !== 'inherit' && !ofPersons.test(value));
    expect(used.filter((value) => !known.has(value))).toEqual([]);
  });

  test('and as a ground', () => {
    const known = new Set(CONTRAST_PAIRS.flatMap(({ grounds }) => grounds));
    // Not text's: a line of progress, dots, what dims the page behind a question; and grounds under another name.
    // The dot of who is here is a colour of the front, judged as one.
    const drawn =
      /^(none|currentColor|linear-gradient\(.*|oklch\(0 0 0 \/ \d+%\)|var\(--_(good|row)\)|var\(--chat-bg\))$/;
    const used = [...valuesOf(/^(background(-color)?|--_row)$/)].filter(
      (value) => !drawn.test(value) && !ofPersons.test(value),
    );
    expect(used.filter((value) => !known.has(value))).toEqual([]);
  });
});

test('in forced colours every colour of ours gives way to one of the system', () => {
  const forced = tokenStyles.cssText.slice(tokenStyles.cssText.indexOf('forced-colors'));
  const given = declarations(forced, ':host');
  const colours = [...TOKENS].filter(([, value]) => /oklch|color-mix|light-dark/.test(value));
  // What other tokens are made of, and shadows, which forced colours take away.
  const inner = ['--_wanted', '--_vivid', '--_float'];
  for (const [name] of colours.filter(([name]) => !inner.includes(name))) {
    expect(given.get(name), name).toMatch(/^(Canvas|CanvasText|LinkText)$/);
  }
});
