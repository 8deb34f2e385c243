import { expect, test } from 'vitest';
import { LinkListeners } from './link-listeners.js';

test('texts before the first listener are kept, even over the end; the end is told once, late listeners too', () => {
  const listeners = new LinkListeners();
  const said: unknown[] = [];
  listeners.hear('1');
  listeners.onClose(({ reason }) => said.push(reason));
  listeners.finish({ clean: true, reason: 'end' });
  listeners.finish({ clean: false, reason: 'again' });
  listeners.hear('late');
  listeners.onText((text) => said.push(text));
  listeners.onClose(({ reason }) => said.push(reason));
  expect(said).toEqual(['end', '1', 'end']);
  expect(listeners.ended).toBe(true);
});

test('who has gone hears nothing', () => {
  const listeners = new LinkListeners();
  const said: unknown[] = [];
  listeners.onText((text) => said.push(text))();
  listeners.onClose((end) => said.push(end))();
  listeners.hear('1');
  listeners.finish({ clean: true });
  expect(said).toEqual([]);
});
