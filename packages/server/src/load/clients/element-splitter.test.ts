import { expect, test } from 'vitest';
import { ElementSplitter } from './element-splitter.js';

function splitting(): { readonly splitter: ElementSplitter; readonly heard: string[] } {
  const heard: string[] = [];
  const splitter = new ElementSplitter({
    opened: (tag) => heard.push(`open ${tag}`),
    element: (bytes) => heard.push(String(bytes)),
    closed: () => heard.push('closed'),
  });
  return { splitter, heard };
}

const CHILDREN = [
  `<message to='a>b'><body>x &lt; <b/> y</body></message>`,
  '<r/>',
  '<iq id="1/>"><q><q/></q></iq>',
  '<m><![CDATA[</m> <x>]]></m>',
];
const STREAM = `<?xml version='1.0'?><stream:stream id="1">${CHILDREN.join(' \n')}</stream:stream>`;

test.each([1, 2, 7, 1000])('children of a stream, %i bytes at a time', (size) => {
  const { heard, splitter } = splitting();
  const bytes = Buffer.from(STREAM);
  for (let at = 0; at < bytes.length; at += size) splitter.push(Buffer.from(bytes.subarray(at, at + size)));
  expect(heard).toEqual(['open <stream:stream id="1">', ...CHILDREN, 'closed']);
});

test('an empty body of BOSH opens and closes', () => {
  const { heard, splitter } = splitting();
  splitter.push(Buffer.from(`<body sid='1'/>`));
  expect(heard).toEqual([`open <body sid='1'/>`, 'closed']);
});

test('a stream that begins anew is read from its own header', () => {
  const { heard, splitter } = splitting();
  splitter.push(Buffer.from('<stream:stream><success/>'));
  splitter.restart();
  splitter.push(Buffer.from('<stream:stream><features/>'));
  expect(heard).toEqual(['open <stream:stream>', '<success/>', 'open <stream:stream>', '<features/>']);
});
