import { el, NS, presenceEl, stanzaError } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { bare, full, ScriptedSession } from './scripted-session.js';

test('what is kept goes through JSON to the next page', () => {
  const session = new ScriptedSession();
  const restored: unknown[] = [];
  const restore = (kept: unknown) => restored.push(kept);
  session.keep('part', () => ({ a: 1, b: undefined }), restore);
  new ScriptedSession(session.save()).keep('part', () => 0, restore);
  expect(restored).toEqual([undefined, { a: 1 }]);
});

test('what is sent and asked waits for the test', async () => {
  const session = new ScriptedSession();
  session.send(presenceEl({}));
  expect(session.takeSent()).toHaveLength(1);
  expect(session.takeSent()).toEqual([]);
  const asked = session.request(el('iq', NS.client));
  session.requests[0]?.refuse(stanzaError('gone'));
  await expect(asked).rejects.toMatchObject({ error: { condition: 'gone' } });
});

test('addresses of tests are addresses', () => {
  expect([bare('a@b'), full('a@b/c')]).toEqual(['a@b', 'a@b/c']);
  expect(() => bare('a@b/c')).toThrow(TypeError);
  expect(() => full('a@b')).toThrow(TypeError);
});
