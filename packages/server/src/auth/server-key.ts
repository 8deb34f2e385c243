import { createHmac } from 'node:crypto';
import { chmod, link, readFile, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Random, randomId } from '@meerkat-chat/xmpp';

/** The name of the file in the data folder. */
export const SERVER_KEY_FILE = 'server.key';

/** Length of the key in bytes. */
export const SERVER_KEY_BYTES = 32;

/**
 * Reads the server's key, or makes it at the first start: 32 random bytes, mode 0600. Tokens, made-up salts and
 * occupant ids are derived from it, so whoever loses it signs everybody out.
 * @throws Error with one line when the file is there and is not a key
 */
export async function loadServerKey(dataFolder: string, random: Random): Promise<Buffer> {
  const file = path.join(dataFolder, SERVER_KEY_FILE);
  const made = `${file}.${randomId(random, 8)}`;
  try {
    // Complete before it gets its name, and never over one that another process has just made.
    await writeFile(made, random.bytes(SERVER_KEY_BYTES), { mode: 0o600, flag: 'wx', flush: true });
    await link(made, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await unlink(made).catch(() => {});
  }
  const key = await readFile(file);
  if (key.length !== SERVER_KEY_BYTES) {
    throw new Error(
      `${file} is not a key of ${SERVER_KEY_BYTES} bytes; put back a copy, or remove it to sign everybody out`,
    );
  }
  await chmod(file, 0o600);
  return key;
}

/** A key for one purpose, of which the others cannot be learnt. */
export function deriveKey(serverKey: Buffer, purpose: string): Buffer {
  return createHmac('sha256', serverKey).update(purpose).digest();
}
