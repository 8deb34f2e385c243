import { expect, test } from 'vitest';
import { insetsOf } from './insets.js';

const frame = { top: 100, bottom: 700 };
const none = { top: 0, bottom: 0 };

test.each([
  ['no keyboard', frame, { height: 800, offsetTop: 0, scale: 1 }, none],
  ['a bar of the browser', frame, { height: 721, offsetTop: 0, scale: 1 }, none],
  ['a keyboard', frame, { height: 500, offsetTop: 0, scale: 1 }, { top: 0, bottom: 200 }],
  ['just one', frame, { height: 720, offsetTop: 0, scale: 1 }, none],
  ['the screen panned up', frame, { height: 500, offsetTop: 150, scale: 1 }, { top: 50, bottom: 50 }],
  ['a page zoomed into', frame, { height: 400, offsetTop: 0, scale: 2 }, none],
  ['a frame above the keyboard', { top: 0, bottom: 400 }, { height: 500, offsetTop: 0, scale: 1 }, none],
  [
    'a frame below it',
    { top: 600, bottom: 780 },
    { height: 500, offsetTop: 0, scale: 1 },
    { top: 0, bottom: 60 },
  ],
  ['a frame too small for it', { top: 600, bottom: 700 }, { height: 500, offsetTop: 0, scale: 1 }, none],
  [
    'fractions',
    { top: 0, bottom: 600.4 },
    { height: 500.1, offsetTop: 0, scale: 1 },
    { top: 0, bottom: 100 },
  ],
])('%s', (_, edges, shown, insets) => {
  expect(insetsOf(edges, shown, 800)).toEqual(insets);
});
