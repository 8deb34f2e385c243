import { expect, test } from 'vitest';
import { tightened, tightHtml, tightStyles } from './tighten-templates.js';

test('styles keep every space that separates something', () => {
  expect(
    tightStyles(`
      /* Why. */
      :host([hidden]) > .a :hover,
      .b {
        margin: 0 auto;
        inline-size: calc(100% - 2px);
      }
    `),
  ).toBe(':host([hidden])>.a :hover,.b{margin:0 auto;inline-size:calc(100% - 2px)}');
});

test('styles lose quotes around words and noughts before points', () => {
  expect(
    tightStyles(
      `[data-a='b'][data-c='d e'] { content: '0.5'; opacity: 0.72; color: oklch(0.5 10.5 var(--a)) }`,
    ),
  ).toBe(`[data-a=b][data-c='d e']{content:'0.5';opacity:.72;color:oklch(.5 10.5 var(--a))}`);
});

test('a piece that begins within a value keeps the space there', () => {
  expect(tightStyles(' 12%, red);\n', false)).toBe(' 12%,red);');
});

test('in HTML the layout of the source goes, and what is written on one line stays', () => {
  expect(tightHtml(['\n  <p\n    class="a"\n    title=', '\n  >\n    ', ' ', '\n  </p>\n'])).toEqual([
    '<p class="a" title=',
    '>',
    ' ',
    '</p>',
  ]);
  expect(tightHtml(['<p>one\n  two <b>three</b> four</p>'])).toEqual(['<p>one two <b>three</b> four</p>']);
});

test('an expression in an attribute is all of its value', () => {
  expect(tightHtml(['<p title=', ' lang="', '">', '</p>'])).toHaveLength(4);
  for (const pieces of [
    ['<p title="a ', '">'],
    ['<p title="', ' b">'],
    ['<p title=', 'b>'],
    ['<p ', '>'],
  ]) {
    expect(() => tightHtml(pieces)).toThrow('not the whole value of an attribute');
  }
});

test('in code: nested templates too, every line where it was, and no check of styles at run time', () => {
  const code = `import { css, html } from 'lit';
const list = (names) => html\`
  <ul>
    \${names.map((name) => html\`
      <li>\${name}</li>\`)}
  </ul>\`;
const styles = css\`
  a { color: \${red}; }
\`;
end();`;
  const lines = tightened(code).split('\n');
  expect(lines.join('')).toBe(
    `import { unsafeCSS } from 'lit';import { css, html } from 'lit';\
const list = (names) => html\`<ul>\${names.map((name) => html\`<li>\${name}</li>\`)}</ul>\`;\
const styles = unsafeCSS(\`a{color:\${red}}\`);end();`,
  );
  expect(lines.indexOf('end();')).toBe(code.split('\n').indexOf('end();'));
});
