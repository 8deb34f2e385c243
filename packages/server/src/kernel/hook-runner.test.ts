import { describe, expect, test } from 'vitest';
import { createTestKernel } from '../testing/index.js';
import { HookFailedError, HookRunner } from './hook-runner.js';
import type { HookAnswer, HookHandler, HookPayload } from './hooks.js';
import { type Logger, silentLogger } from './logger.js';

const access = 'archive:access';
const allow = { allow: true } as const;
type Access = HookHandler<typeof access>;

async function payload() {
  const kernel = await createTestKernel({ modules: [] });
  const session = kernel.bind('romeo@localhost/orchard');
  return { archive: session.account, by: session.jid, session };
}

function runner(lines: object[] = []): HookRunner {
  const log: Logger = { ...silentLogger, error: (fields) => void lines.push(fields) };
  return new HookRunner(log);
}

test('handlers are asked in the order that is resolved once all have registered', () => {
  const hooks = runner();
  hooks.on('a', access, () => undefined);
  hooks.on('b', access, () => undefined, { before: ['a'] });
  hooks.resolve();
  expect(hooks.order()).toEqual({ [access]: ['b', 'a'] });
});

describe('first', () => {
  test('is answered at once, by the first who answers', async () => {
    const hooks = runner();
    const asked: string[] = [];
    const handler =
      (id: string, answer?: typeof allow): Access =>
      () => {
        asked.push(id);
        return answer;
      };
    hooks.on('a', access, handler('a'));
    hooks.on('b', access, handler('b', allow));
    hooks.on('c', access, handler('c', allow));
    expect(hooks.first(access, await payload())).toBe(allow);
    expect(asked).toEqual(['a', 'b']);
  });

  test('waits where a handler has to, and then asks the next', async () => {
    const hooks = runner();
    hooks.on('a', access, async () => undefined);
    hooks.on('b', access, () => undefined);
    hooks.on('c', access, async () => allow);
    const answer = hooks.first(access, await payload());
    expect(answer).toBeInstanceOf(Promise);
    expect(await answer).toBe(allow);
  });

  test('nobody answers: nothing', async () => {
    const hooks = runner();
    expect(hooks.first(access, await payload())).toBeUndefined();
    hooks.on('a', access, async () => undefined);
    expect(await hooks.first(access, await payload())).toBeUndefined();
  });

  test.each([
    [
      'at once',
      () => {
        throw new Error('bug');
      },
    ],
    [
      'later',
      async () => {
        throw new Error('bug');
      },
    ],
  ])('a handler that throws %s is logged with its module, and nobody else is asked', async (_, broken) => {
    const lines: object[] = [];
    const hooks = runner(lines);
    hooks.on('bad', access, broken);
    hooks.on('good', access, () => expect.unreachable());
    const given = await payload();
    await expect((async () => hooks.first(access, given))()).rejects.toThrow(HookFailedError);
    expect(lines).toEqual([expect.objectContaining({ module: 'bad', hook: access })]);
  });
});

describe('refine', () => {
  const info = { to: 'localhost', node: undefined, by: 'localhost' } as unknown as HookPayload<'disco:info'>;
  /** Each answer's first feature goes to the next as the node; the one called `end` is the last word. */
  const change = (payload: typeof info, answer: HookAnswer<'disco:info'>) => {
    const node = answer.features?.[0];
    return node === 'end' ? undefined : { ...payload, node };
  };
  const adds =
    (letter: string, late = false): HookHandler<'disco:info'> =>
    ({ node }) => {
      const answer = { features: [`${node ?? ''}${letter}`] };
      return late ? Promise.resolve(answer) : answer;
    };

  test('each is asked about what those before have made of it, and where nobody waits it is there at once', () => {
    const hooks = runner();
    hooks.on('a', 'disco:info', adds('a'));
    hooks.on('b', 'disco:info', () => undefined);
    hooks.on('c', 'disco:info', adds('c'));
    expect(hooks.refine('disco:info', info, change)).toEqual({
      payload: { ...info, node: 'ac' },
      answer: undefined,
    });
  });

  test('waits for a handler wherever it stands, and ends with the last word', async () => {
    const hooks = runner();
    hooks.on('a', 'disco:info', adds('a'));
    hooks.on('b', 'disco:info', adds('b', true));
    hooks.on('c', 'disco:info', adds('c'));
    hooks.on('d', 'disco:info', async () => ({ features: ['end'] }));
    hooks.on('e', 'disco:info', () => expect.unreachable());
    expect(await hooks.refine('disco:info', info, change)).toEqual({
      payload: { ...info, node: 'abc' },
      answer: { features: ['end'] },
    });
  });

  test('one that throws fails it, now or later', async () => {
    for (const late of [false, true]) {
      const hooks = runner();
      hooks.on('a', 'disco:info', adds('a', late));
      hooks.on('bad', 'disco:info', () => {
        throw new Error('bug');
      });
      await expect((async () => hooks.refine('disco:info', info, change))()).rejects.toThrow(HookFailedError);
    }
  });
});

test('it is known whether anybody listens', () => {
  const hooks = runner();
  expect(hooks.hears(access)).toBe(false);
  const off = hooks.on('a', access, () => undefined);
  expect([hooks.hears(access), hooks.hears('room:message')]).toEqual([true, false]);
  off();
  expect(hooks.hears(access)).toBe(false);
});

test('collect gathers what everybody answers, in order, without who throws', async () => {
  const lines: object[] = [];
  const hooks = runner(lines);
  hooks.on('slow', 'disco:info', async () => ({ features: ['a'] }));
  hooks.on('bad', 'disco:info', () => {
    throw new Error('bug');
  });
  hooks.on('silent', 'disco:info', () => undefined);
  hooks.on('fast', 'disco:info', () => ({ features: ['b'] }));
  const { archive, by } = await payload();
  const answers = await hooks.collect('disco:info', { to: archive, node: undefined, by });
  expect(answers).toEqual([{ features: ['a'] }, { features: ['b'] }]);
  expect(lines).toHaveLength(1);
});

test('tell reaches everybody, whoever throws, now or later', async () => {
  const lines: object[] = [];
  const hooks = runner(lines);
  const told: string[] = [];
  hooks.on('bad', 'session:bound', () => {
    throw new Error('bug');
  });
  hooks.on('late', 'session:bound', async () => {
    throw new Error('bug');
  });
  hooks.on('good', 'session:bound', () => void told.push('good'));
  hooks.tell('session:bound', { session: (await payload()).session });
  expect(told).toEqual(['good']);
  await Promise.resolve();
  expect(lines).toMatchObject([{ module: 'bad' }, { module: 'late' }]);
});

test('what is taken away is not asked any more, and leaves nothing', async () => {
  const hooks = runner();
  const off = hooks.on('a', access, () => allow);
  expect(hooks.size).toBe(1);
  off();
  off();
  expect(hooks.first(access, await payload())).toBeUndefined();
  expect(hooks.size).toBe(0);
  expect(hooks.order()).toEqual({});
});
