import { expect, test } from 'vitest';
import { occupantOf, wordOfOccupant } from './archived-room-message.js';

const OCCUPANT = '<occupant-id xmlns="urn:xmpp:occupant-id:0" id="abc"/>';
const STANZA_ID = '<stanza-id xmlns="urn:xmpp:sid:0" id="1" by="lobby@rooms.localhost"/>';
const message = (content: string) => `<message xmlns="jabber:client" type="groupchat">${content}</message>`;

test.each([
  ['with an id of the archive', message(`<body>x</body>${OCCUPANT}${STANZA_ID}`), 'abc'],
  ['without', message(`<body>x</body>${OCCUPANT}`), 'abc'],
  ['of nobody', message(`<body>x</body>${STANZA_ID}`), undefined],
  [
    'that brings along another one',
    message(`<forwarded>${message(OCCUPANT)}</forwarded>${STANZA_ID}`),
    undefined,
  ],
  ['that speaks of one', message('<body>&lt;occupant-id id="abc"/&gt;</body>'), undefined],
])('a message %s', (_, xml, occupant) => {
  expect(occupantOf(xml)).toBe(occupant);
});

test('the word stands in what an occupant said', () => {
  expect(message(`<body>x</body>${OCCUPANT}${STANZA_ID}`)).toContain(wordOfOccupant('abc'));
});
