import { type FastifyInstance, fastify } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listen } from './listen.js';

let apps: readonly [FastifyInstance, FastifyInstance];
beforeEach(() => {
  apps = [fastify(), fastify()];
});
afterEach(async () => {
  for (const app of apps) await app.close();
});

test('a server is reached at the address that is told, and no second one opens there', async () => {
  const [app, other] = apps;
  app.get('/', () => 'here');
  const url = await listen(app, { host: '127.0.0.1', port: 0 });
  expect(await (await fetch(url)).text()).toBe('here');
  const port = Number(new URL(url).port);
  await expect(listen(other, { host: '127.0.0.1', port })).rejects.toThrow(
    `port ${port} at 127.0.0.1 is in use already; another one is chosen by --port`,
  );
});

test('an address of another machine is refused in one line', async () => {
  await expect(listen(apps[0], { host: '192.0.2.1', port: 0 })).rejects.toThrow(
    '192.0.2.1 is not an address of this machine; another one is chosen by --host',
  );
});
