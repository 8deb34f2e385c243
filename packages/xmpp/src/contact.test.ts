import { expect, test } from 'vitest';
import { decodeContact, encodeContact } from './contact.js';
import { NS } from './ns.js';
import { el } from './xml/element.js';

const answer = (payload: Parameters<typeof el>[3]) => el('iq', NS.client, { type: 'result' }, payload);

test.each([{ here: true }, { here: false }, {}])('%j is read as it was written', (contact) => {
  expect(decodeContact(answer(encodeContact(contact)))).toEqual(contact);
});

test('what is no word of ours says nothing', () => {
  expect(decodeContact(answer(el('contact', NS.contact, { here: 'perhaps' })))).toEqual({});
  expect(decodeContact(answer(el('contact', NS.client)))).toBeUndefined();
});
