import { fakeChat } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import { explanations } from '../locales/en-explanations.js';
import { talk as words } from '../locales/en-talk.js';
import { explainPerson, personView } from './person.js';

// Where there is no shadow root there are no styles to add.
globalThis.ShadowRoot ??= class {} as unknown as typeof ShadowRoot;

test('somebody is shown to be there, or away, and then what becomes of a message', () => {
  const talk = fakeChat().conversation('support');
  const view = () => personView({} as Node, talk, 'Support', words.person);
  expect(view()).toEqual({
    here: undefined,
    line: undefined,
    empty: 'Say hello to Support.',
    note: undefined,
  });
  talk.showHere(true);
  expect(view()).toMatchObject({ here: true, line: 'Here now', note: undefined });
  talk.showHere(false);
  expect(view()).toMatchObject({
    here: false,
    line: 'Away',
    note: 'Support is away. They will see your message when they are back.',
  });
  talk.refuse('not-allowed');
  expect(view()).toMatchObject({ here: undefined, line: undefined, note: undefined });
});

test('why one cannot write to somebody is said of a person, and the rest as ever', () => {
  const said = explainPerson(explanations, words.person);
  expect(said.roomRefusals['not-allowed']).toBe(words.person.notAllowed);
  expect(said.roomRefusals['not-found']).toBe(words.person.unknown);
  expect(said.refusals).toBe(explanations.refusals);
});
