import { expect, test } from 'vitest';
import { BoshScene, said } from './bosh-scene.js';

test('a scene begins a session, asks in order, and hears what its stream says', async () => {
  const scene = new BoshScene();
  await scene.create();
  const ask = await scene.ask([said('hello')]);
  expect(scene.stream.heard).toEqual(['open', 'hello']);
  expect(() => ask.body).toThrow('no well-formed reply yet');
  const answered = ask.answered();
  await scene.says(said('back'));
  expect((await answered).frames).toEqual(['back']);
});

test('an answer too many is a mistake that shows', async () => {
  const scene = new BoshScene();
  const ask = await scene.create();
  expect(() => ask.answer(200, Buffer.alloc(0))).toThrow('answered twice');
});
