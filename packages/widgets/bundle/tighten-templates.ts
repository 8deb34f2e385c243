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

function tightened(code: string): string {
  const edits = [...taggedIn(parseAst(code))].flatMap(({ tag, quasi }) => {
    const before = quasi.quasis.map(({ value }) => value.raw);
    const after =
      tag.name === 'css'
        ? before.map((text, at) => (at === 0 ? tightStyles(text).trimStart() : tightStyles(text)))
        : tightHtml(before);
    return quasi.quasis.map(({ start, end }, at) => ({
      start,
      end,
      from: before[at] ?? '',
      to: after[at] ?? '',
    }));
  });
  edits.sort((a, b) => b.start - a.start);
  let result = code;
  for (const { start, end, from, to } of edits) {
    // Parsers differ in whether the marks around a text belong to it.
    const at = code.indexOf(from, start);
    if (at < 0 || at + from.length > end) throw new Error(`no template at ${start}`);
    const rest = result.slice(at + from.length);
    // The line breaks come back where they are none of the text, so that maps of the source stay right.
    const marks = rest.startsWith('`') ? 1 : 2;
    const lines = '\n'.repeat(from.split('\n').length - to.split('\n').length);
    result = result.slice(0, at) + to + rest.slice(0, marks) + lines + rest.slice(marks);
  }
  return result;
}

function* taggedIn(node: unknown): Generator<Tagged> {
  if (typeof node !== 'object' || node === null) return;
  if (isTagged(node) && /^(css|html)$/.test(node.tag.name ?? '')) yield node;
  for (const child of Object.values(node)) yield* taggedIn(child);
}

function isTagged(node: object): node is Tagged {
  return 'type' in node && node.type === 'TaggedTemplateExpression';
}

/** Of styles: comments, line breaks, and every space that separates nothing. */
export function tightStyles(css: string): string {
  return (
    css
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/\s+/g, ' ')
      .replace(/ ?([{};,>]) ?/g, '$1')
      .replace(/;}/g, '}')
      // Between a property and its value; a pseudo-class has no space after its colon.
      .replace(/: /g, ':')
  );
}

/** Of a template in pieces, between which its expressions stand. */
export function tightHtml(pieces: readonly string[]): readonly string[] {
  let inTag = false;
  return pieces.map((piece) =>
    piece.replace(/<(?=[a-z/!])|>|\s*\n\s*/gi, (found, at: number) => {
      if (found === '<' || found === '>') {
        inTag = found === '<';
        return found;
      }
      const before = piece[at - 1];
      const after = piece[at + found.length];
      if (inTag) return after === '>' || after === '/' ? '' : ' ';
      return before === undefined || after === undefined || before === '>' || after === '<' ? '' : ' ';
    }),
  );
}
