import { PassThrough } from 'node:stream';
import { SeededRandom } from '@meerkat-chat/xmpp/testing';
import { expect, test } from 'vitest';
import { CliError } from './io.js';
import { choosePassword, type PasswordIo } from './password.js';

/** A terminal on which these keys are pressed, one answer after the other has been asked for. */
function terminal(...answers: string[]) {
  const stdin = new PassThrough();
  const shown: string[] = [];
  const raw: boolean[] = [];
  const io: PasswordIo = {
    stdin: Object.assign(stdin, {
      isTTY: true,
      setRawMode(on: boolean) {
        raw.push(on);
        if (on) stdin.write(answers.shift() ?? '');
      },
    }),
    stderr: { write: (text: string) => void shown.push(text) },
  };
  return { io, shown, raw };
}

const random = new SeededRandom();

test('a password is asked for twice and never shown', async () => {
  const { io, raw, shown } = terminal('penx\u007fcil\r', 'pencil\n');
  expect(await choosePassword(undefined, io, random)).toEqual({ password: 'pencil', made: false });
  expect(shown.join('')).toBe('Password: \nAgain: \n');
  expect(raw).toEqual([true, false, true, false]);
});

test('two answers that differ, and an answer broken off, change nothing', async () => {
  await expect(choosePassword(undefined, terminal('a\r', 'b\r').io, random)).rejects.toThrow('differ');
  const broken = terminal('a\u0003');
  await expect(choosePassword(undefined, broken.io, random)).rejects.toBeInstanceOf(CliError);
  expect(broken.raw).toEqual([true, false]);
});

test('without a terminal a password is made; one that is given is taken', async () => {
  const { io } = terminal();
  const script: PasswordIo = { ...io, stdin: Object.assign(io.stdin, { isTTY: false }) };
  const chosen = await choosePassword(undefined, script, random);
  expect(chosen).toEqual({ password: expect.stringMatching(/^[a-z2-7]{24}$/), made: true });
  expect(await choosePassword('pencil', script, random)).toEqual({ password: 'pencil', made: false });
});
