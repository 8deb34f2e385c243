import { expect, test } from 'vitest';
import { nearest } from './nearest.js';

const ROOMS = ['lobby', 'lobbies', 'hall', 'stream-42', 'stream-43', 'stream-44', 'stream-45'];

test.each([
  ['loby', ['lobby']],
  ['Lobby', ['lobby']],
  ['hal', ['hall']],
  ['stream-4', ['stream-42', 'stream-43', 'stream-44']],
  ['kitchen', []],
  ['x', []],
  ['', []],
])('%j may be meant for %j', (written, found) => {
  expect(nearest(written, ROOMS)).toEqual(found);
});
