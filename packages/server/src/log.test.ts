import { expect, test } from 'vitest';
import { createLogger, type LogOptions } from './log.js';

function lines(options: LogOptions) {
  const written: string[] = [];
  return { log: createLogger(options, { write: (line) => void written.push(line) }), written };
}

test('lines are JSON with level, time, fields and message', () => {
  const { log, written } = lines({ level: 'info', format: 'json' });
  log.child({ module: 'muc' }).warn({ room: 'lobby' }, 'full');
  expect(JSON.parse(written[0] ?? '')).toMatchObject({
    level: 'warn',
    time: expect.any(Number),
    module: 'muc',
    room: 'lobby',
    msg: 'full',
  });
  expect(written[0]?.endsWith('\n')).toBe(true);
});

test('what is below the level is not written', () => {
  const { log, written } = lines({ level: 'warn', format: 'json' });
  log.info({}, 'no');
  log.debug({}, 'no');
  log.error({}, 'yes');
  expect(written).toHaveLength(1);
  const silent = lines({ level: 'silent', format: 'json' });
  silent.log.error({}, 'no');
  expect(silent.written).toHaveLength(0);
});

test('secrets are hidden, should somebody log one', () => {
  const { log, written } = lines({ level: 'info', format: 'json' });
  log.info({ password: 'pencil', stanza: { body: 'hello' }, token: 'abc' }, 'x');
  expect(written.join('')).not.toMatch(/pencil|hello|abc/);
});

test('text is for people', () => {
  const { log, written } = lines({ level: 'info', format: 'text' });
  log.error({ port: 5280, err: new Error('broken') }, 'failed');
  expect(written[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} error failed port=5280\nError: broken\n/);
});
