import type { Readable } from 'node:stream';
import { type Random, randomId } from '@meerkat-chat/xmpp';
import { CliError } from './io.js';

/** The terminal, as far as asking needs it. */
export interface PasswordIo {
  readonly stdin: Readable & { readonly isTTY?: boolean; setRawMode(on: boolean): unknown };
  readonly stderr: { write(text: string): void };
}

/** A password to use, and whether nobody knows it yet. */
export interface ChosenPassword {
  readonly password: string;
  readonly made: boolean;
}

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const BACKSPACE = new Set(['\b', '\u007f']);

/** Asks on the terminal, without showing what is typed. @throws CliError when the asking is broken off */
async function ask(question: string, io: PasswordIo): Promise<string> {
  const { stderr, stdin } = io;
  stderr.write(question);
  stdin.setEncoding('utf8');
  stdin.setRawMode(true);
  let typed: string[] = [];
  try {
    for await (const keys of stdin.iterator({ destroyOnReturn: false })) {
      for (const key of String(keys)) {
        if (key === '\r' || key === '\n') return typed.join('');
        if (key === CTRL_C || key === CTRL_D) throw new CliError('nothing was changed');
        if (BACKSPACE.has(key)) typed = typed.slice(0, -1);
        else typed.push(key);
      }
    }
    throw new CliError('nothing was changed');
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}

/**
 * The password of the command line; without one it is asked for on a terminal, and made elsewhere.
 * @throws CliError when the two answers differ
 */
export async function choosePassword(
  given: string | undefined,
  io: PasswordIo,
  random: Random,
): Promise<ChosenPassword> {
  if (given !== undefined) return { password: given, made: false };
  if (!io.stdin.isTTY) return { password: randomId(random, 24), made: true };
  const password = await ask('Password: ', io);
  if ((await ask('Again: ', io)) !== password) throw new CliError('the two passwords differ');
  return { password, made: false };
}
