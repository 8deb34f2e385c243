import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes the data folder where there is none, for its owner alone (mode 0700), and sees that it can be written.
 * @throws Error with one line that names it
 */
export async function openDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Error(
      `the data folder ${path.resolve(folder)} cannot be written (${why}); another one is chosen by --data`,
      { cause: error },
    );
  }
}
