import { el } from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createTestKernel } from '../testing/index.js';
import { type Logger, silentLogger } from './logger.js';
import { defineModule, type Module, type ModuleContext } from './module.js';

function module(
  id: string,
  setup: (context: ModuleContext<object>) => void | Promise<void> = () => {},
): Module {
  return defineModule({ id, xeps: [], settings: z.object({}), setup });
}

const busy = (id: string) =>
  module(id, (context) => {
    context.host(id, () => ({ handled: true }));
    context.iq({ type: 'get', ns: id, name: 'query', at: 'domain', handle: () => ({ result: undefined }) });
    context.on('session:bound', () => {});
    context.on('stanza:sent', () => undefined);
    context.gauge('rooms', () => 7);
    context.clock.every(1000, () => {});
    context.clock.after(1000, () => {});
  });

test('whatever modules have registered is gone when they have stopped', async () => {
  const empty = (await createTestKernel({ modules: [] })).stats();
  const kernel = await createTestKernel({ modules: [busy('one'), busy('two')] });
  expect(kernel.stats()).toMatchObject({
    hooks: 4,
    hosts: 2,
    iqHandlers: 2,
    timers: 4,
    clock: 4,
    'one.rooms': 7,
  });
  kernel.clock.advance(1000);
  expect(kernel.stats()).toMatchObject({ timers: 2, clock: 2 });
  await kernel.stop();
  expect(kernel.stats()).toEqual(empty);
});

test('modules stop in the reverse order of their start, and what each registered too', async () => {
  const steps: string[] = [];
  const noting = (id: string) =>
    module(id, (context) => {
      context.onStop(() => void steps.push(`${id} first`));
      context.onStop(async () => void steps.push(`${id} second`));
    });
  const kernel = await createTestKernel({ modules: [noting('a'), noting('b')] });
  await kernel.stop();
  expect(steps).toEqual(['b second', 'b first', 'a second', 'a first']);
  await kernel.stop();
  expect(steps).toHaveLength(4);
});

test('a module that fails to stop is logged, and the rest of it and the others stop', async () => {
  const lines: object[] = [];
  const log: Logger = { ...silentLogger, error: (fields) => void lines.push(fields) };
  const stubborn = module('stubborn', (context) => {
    context.clock.every(1, () => {});
    context.onStop(() => {
      throw new Error('no');
    });
  });
  const kernel = await createTestKernel({ modules: [busy('ok'), stubborn], log });
  await kernel.stop();
  expect(lines).toEqual([expect.objectContaining({ module: 'stubborn' })]);
  expect(kernel.stats()).toMatchObject({ timers: 0, clock: 0, hooks: 0 });
});

describe('a start that fails', () => {
  test.each<[string, Module[], RegExp]>([
    [
      'a setup that throws',
      [
        module('bad', () => {
          throw new Error('no port');
        }),
      ],
      /^module bad did not start: no port$/,
    ],
    [
      'a setup that rejects',
      [
        module('bad', async () => {
          throw new Error('no');
        }),
      ],
      /^module bad did not start: no$/,
    ],
    ['two of one name', [module('a'), module('a')], /^two modules are called a$/],
    [
      'two handlers for one request',
      [
        busy('one'),
        module('b', (c) =>
          c.iq({
            type: 'get',
            ns: 'one',
            name: 'query',
            at: 'domain',
            handle: () => ({ result: undefined }),
          }),
        ),
      ],
      /module b .*two handlers for iq get \{one\}query at domain/,
    ],
    [
      'two at one host',
      [busy('one'), module('b', (c) => void c.host('one', () => undefined))],
      /one\.localhost is taken already/,
    ],
    [
      'a host that cannot be',
      [module('b', (c) => void c.host('a b', () => undefined))],
      /a b cannot be the name of a host/,
    ],
    [
      'a circle of hooks',
      [
        module('a', (c) => c.on('stanza:sent', () => undefined, { before: ['b'] })),
        module('b', (c) => c.on('stanza:sent', () => undefined, { before: ['a'] })),
      ],
      /hook stanza:sent: modules (a -> b -> a|b -> a -> b) each/,
    ],
  ])('%s', async (_, modules, message) => {
    const stopped: string[] = [];
    const before = module('before', (context) => context.onStop(() => void stopped.push('before')));
    await expect(createTestKernel({ modules: [before, ...modules] })).rejects.toThrow(message);
    // Nothing that had started is left running.
    expect(stopped).toEqual(['before']);
  });
});

describe('settings', () => {
  const seen: unknown[] = [];
  const strict = defineModule({
    id: 'strict',
    xeps: [],
    settings: z.object({ rate: z.number().max(5).default(3) }),
    setup: (context) => void seen.push(context.settings),
  });

  test('are checked by the module, which has defaults', async () => {
    await createTestKernel({ modules: [strict] });
    await createTestKernel({ modules: [strict], settings: { strict: { rate: 5 } } });
    expect(seen).toEqual([{ rate: 3 }, { rate: 5 }]);
  });

  test('that are wrong are named by their path', async () => {
    const wrong = createTestKernel({ modules: [strict], settings: { strict: { rate: 6 } } });
    await expect(wrong).rejects.toThrow(/^modules\.strict\.rate: /);
  });
});

test('secrets differ by purpose and module, and are the same the next time', async () => {
  const secrets = async () => {
    const made: string[] = [];
    const note = (id: string) =>
      module(id, (context) => {
        for (const purpose of ['x', 'y']) made.push(Buffer.from(context.secret(purpose)).toString('hex'));
      });
    await createTestKernel({ modules: [note('a'), note('b')] });
    return made;
  };
  const once = await secrets();
  expect(new Set(once).size).toBe(4);
  expect(await secrets()).toEqual(once);
});

test('a module may ask what the others answer', async () => {
  let context: ModuleContext<object> | undefined;
  const asking = module('asking', (given) => {
    context = given;
  });
  const answering = module('answering', (given) =>
    given.on('disco:info', () => ({ features: [el('x', 'urn:x').ns] })),
  );
  const kernel = await createTestKernel({ modules: [asking, answering] });
  const payload = { to: kernel.domain, node: undefined, by: kernel.domain };
  expect(await context?.collect('disco:info', payload)).toEqual([{ features: ['urn:x'] }]);
});
