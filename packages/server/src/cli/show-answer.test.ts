import { expect, test } from 'vitest';
import { showAnswer } from './show-answer.js';

test('a table has its columns below each other', () => {
  const answer = { rooms: [{ jid: 'hall@rooms.a', name: 'The hall', isPublic: true }, { jid: 'x@rooms.a' }] };
  const show = { kind: 'table', of: 'rooms', columns: ['jid', 'name', 'isPublic'] } as const;
  expect(showAnswer(answer, show)).toEqual([
    'JID           NAME      IS PUBLIC',
    'hall@rooms.a  The hall  yes',
    'x@rooms.a',
  ]);
  expect(showAnswer({ rooms: [] }, show)).toEqual([]);
  expect(showAnswer(undefined, show)).toEqual([]);
});

test('fields are told by their names, times as times', () => {
  const answer = { jid: 'hall@rooms.a', createdAt: Date.UTC(2026, 0, 15), size: 3, occupants: [] };
  expect(showAnswer(answer, { kind: 'fields', without: ['occupants'] })).toEqual([
    'jid: hall@rooms.a',
    'created at: 2026-01-15T00:00:00.000Z',
    'size: 3',
  ]);
});

test('what others chose moves nothing in a terminal', () => {
  const answer = { subject: '\u001b[2Jgone\r\nid: 7\u202e', details: { nick: '\u0007' } };
  expect(showAnswer(answer, { kind: 'fields' })).toEqual([
    'subject: \ufffd[2Jgone\ufffd\ufffdid: 7\ufffd',
    'details: {"nick":"\\u0007"}',
  ]);
});
