import { expect, test } from 'vitest';
import { createClusterScene } from './cluster-scene.js';

test('people on two nodes are in one room, and what crosses is noted', async () => {
  const scene = await createClusterScene();
  const anna = await scene.enter(scene.a, 'anna');
  const ben = await scene.enter(scene.b, 'ben');
  await scene.heard(anna, ben);
  expect(scene.crossed()).toContain('stanza b>a');
  expect(scene.crossed()).toEqual([]);
  await scene.says(ben, 'hi');
  expect(await scene.heard(anna, ben)).toEqual([['ben: hi'], ['ben: hi']]);
});
