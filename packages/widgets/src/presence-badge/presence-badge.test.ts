import { expect, test } from 'vitest';
import { PresenceBadge } from './presence-badge.js';

// What the element does is judged in a browser: e2e/tests/presence-badge.spec.ts.
test('can be imported where there is no DOM, and does nothing there', () => {
  expect(globalThis.HTMLElement).toBeUndefined();
  expect(PresenceBadge.observedAttributes).toEqual(['user', 'src', 'label', 'theme']);
});
