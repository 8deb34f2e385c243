import { type Plugin, parseAst } from 'vite';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

interface Tagged extends Node {
  readonly tag: Node & { readonly name?: string };
  readonly quasi: { readonly quasis: readonly (Node & { readonly value: { readonly raw: string } })[] };
}

/**
 * Takes out of `css` and `html` templates, which no minifier looks into, what is there for who reads the source:
 * comments of styles, and white space. In HTML white space is layout of the source where it has a line break in it and
 * stands beside a tag or an expression; a space that means something stands on one line with its neighbours.
 */
export function tightenTemplates(): Plugin {
  return {
    name: 'tighten-templates',
    transform: {
      filter: { id: /\/src\/.+\.ts(\?|$)/, code: /\b(css|html)`/ },
      handler: (code) => ({ code: tightened(code), map: null }),
    },
  };
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Code with its templates tight. What calls `css` calls `unsafeCSS`: types have been checked, and Lit's check is long. */
export function tightened(code: string): string {
  const edits: Edit[] = [];
  const names = /import\s*\{([^}]*)\}\s*from\s*['"]lit['"]/.exec(code)?.[1]?.split(/[\s,]+/) ?? [];
  for (const tagged of taggedIn(parseAst(code))) {
    edits.push(...textEdits(code, tagged));
    if (tagged.tag.name !== 'css' || !names.includes('css')) continue;
    edits.push({ from: tagged.tag.start, to: tagged.tag.end, text: 'unsafeCSS(' });
    edits.push({ from: tagged.end, to: tagged.end, text: ')' });
  }
  // From the end, so that places stay what they are.
  edits.sort((a, b) => b.from - a.from);
  const result = edits.reduce(
    (text, edit) => text.slice(0, edit.from) + edit.text + text.slice(edit.to),
    code,
  );
  const missing = names.includes('css') && !names.includes('unsafeCSS');
  return missing ? `import { unsafeCSS } from 'lit';${result}` : result;
}

function* textEdits(code: string, { tag, quasi }: Tagged): Generator<Edit> {
  const texts = quasi.quasis.map(({ value }) => value.raw);
  const tight = tag.name === 'css' ? texts.map((text, at) => tightStyles(text, at === 0)) : tightHtml(texts);
  for (const [index, { start, end }] of quasi.quasis.entries()) {
    const before = texts[index] ?? '';
    const after = tight[index] ?? '';
    // Parsers differ in whether the marks around a text belong to it.
    const from = code.indexOf(before, start);
    const to = from + before.length;
    if (from < 0 || to > end) throw new Error(`no template at ${start}`);
    // The line breaks come back where they are none of the text, so that maps of the source stay right.
    const mark = code.startsWith('`', to) ? '`' : '${';
    const lines = '\n'.repeat(before.split('\n').length - after.split('\n').length);
    yield { from, to: to + mark.length, text: after + mark + lines };
  }
}

function* taggedIn(node: unknown): Generator<Tagged> {
  if (typeof node !== 'object' || node === null) return;
  if (isTagged(node) && /^(css|html)$/.test(node.tag.name ?? '')) yield node;
  for (const child of Object.values(node)) yield* taggedIn(child);
}

function isTagged(node: object): node is Tagged {
  return 'type' in node && node.type === 'TaggedTemplateExpression';
}

/** Styles without comments, line breaks, needless quotes and noughts, and every space that separates nothing. @param first nothing stands before them */
export function tightStyles(css: string, first = true): string {
  const tight = css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/;}/g, '}')
    // Between a property and its value; a pseudo-class has no space after its colon.
    .replace(/: /g, ':')
    .replace(/='([a-z]+)'\]/g, '=$1]')
    .replace(/([ (:,])0\./g, '$1.');
  return first ? tight.trimStart() : tight;
}

/** A template in pieces, between which its expressions stand. Throws where one of these is not the whole value of an attribute. */
export function tightHtml(pieces: readonly string[]): readonly string[] {
  let inTag = false;
  return pieces.map((piece, index) => {
    const tight = piece.replace(/<(?=[a-z/!])|>|\s*\n\s*/gi, (found, at: number) => {
      if (found === '<' || found === '>') {
        inTag = found === '<';
        return found;
      }
      const before = piece[at - 1];
      const after = piece[at + found.length];
      if (inTag) return after === '>' || after === '/' ? '' : ' ';
      return before === undefined || after === undefined || before === '>' || after === '<' ? '' : ' ';
    });
    const next = pieces[index + 1];
    // The bundle's renderer knows no others.
    const whole = /=(?<quote>"?)$/.exec(piece)?.groups;
    const ends = whole?.quote ? /^"/ : /^[\s/>]/;
    if (inTag && next !== undefined && !(whole && ends.test(next))) {
      throw new Error(`not the whole value of an attribute, between ${piece} and ${next}`);
    }
    return tight;
  });
}
