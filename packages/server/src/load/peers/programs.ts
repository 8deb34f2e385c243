import { access, constants } from 'node:fs/promises';
import path from 'node:path';

/** Where servers are installed and an ordinary user's PATH does not look. */
const ELSEWHERE = ['/usr/sbin', '/usr/local/sbin'];

/** Finds a program by its name. @returns its path; undefined where there is none */
export async function findProgram(name: string): Promise<string | undefined> {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter).filter(Boolean), ...ELSEWHERE];
  for (const folder of folders) {
    const file = path.join(folder, name);
    const runs = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return file;
  }
  return undefined;
}
