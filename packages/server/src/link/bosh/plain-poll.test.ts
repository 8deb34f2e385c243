import { formatBoshBody, NS } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { FrameParser } from '../xml-parser.js';
import { MAX_POLL, plainPoll } from './plain-poll.js';

const LIMITS = { attributes: 64, bytes: 10_000, depth: 64, elements: 100 };
const XMLNS = `xmlns="${NS.httpBind}"`;

test.each([
  ['as we write it', formatBoshBody({ sid: 'abc', rid: 12, key: 'a1', newkey: 'b2', ack: 11 }, [])],
  ['in single quotes', `<body rid='12' sid='abc' xmlns='${NS.httpBind}'/>`],
  ['with white space', `<body\n  rid="12"\tsid="abc" ${XMLNS}  />`],
  ['with empty values', `<body sid="" rid="" ${XMLNS}></body>`],
])('a poll %s is read as the parser reads it', (_, text) => {
  const parsed = new FrameParser().parse(text, LIMITS);
  expect(plainPoll(text)).toEqual(parsed.ok ? parsed.value : 'broken');
});

test.each([
  ['with content', `<body rid="1" ${XMLNS}><a xmlns="b"/></body>`],
  ['with text', `<body rid="1" ${XMLNS}> </body>`],
  ['with any other attribute', `<body rid="1" type="terminate" ${XMLNS}/>`],
  ['with a prefix', `<body rid="1" xml:lang="en" ${XMLNS}/>`],
  ['with a reference', `<body sid="&amp;" ${XMLNS}/>`],
  ['with letters beyond ASCII', `<body sid="ä" ${XMLNS}/>`],
  ['with an attribute twice', `<body rid="1" rid="2" ${XMLNS}/>`],
  ['with a namespace twice', `<body rid="1" ${XMLNS} ${XMLNS}/>`],
  ['of another namespace', '<body rid="1" xmlns="urn:x"/>'],
  ['of no namespace', '<body rid="1"/>'],
  ['without space between attributes', `<body rid="1"sid="a" ${XMLNS}/>`],
  ['with something behind it', `<body rid="1" ${XMLNS}/><body/>`],
  ['with something before it', ` <body rid="1" ${XMLNS}/>`],
  ['with another name', `<bodyx rid="1" ${XMLNS}/>`],
])('a body %s is left to the parser', (_, text) => {
  expect(plainPoll(text)).toBeUndefined();
});

test('a poll is read up to a bound', () => {
  const poll = (length: number) => {
    const around = `<body sid="" ${XMLNS}/>`.length;
    return `<body sid="${'x'.repeat(length - around)}" ${XMLNS}/>`;
  };
  expect(plainPoll(poll(MAX_POLL))?.attrs.sid).toMatch(/^x+$/);
  expect(plainPoll(poll(MAX_POLL + 1))).toBeUndefined();
});
