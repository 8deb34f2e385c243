import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Whether a program is there to be run. */
export function installed(program: string): boolean {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.filter(Boolean).some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
