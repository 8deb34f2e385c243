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

/**
 * Whether tests are left out here, for want of programs, which is then said once. Never with `CI` set: there they must
 * be installed, and what needs them fails.
 */
export function leftOutWithout(what: string, programs: readonly string[]): boolean {
  const missing = programs.filter((program) => !installed(program));
  if (process.env.CI || missing.length === 0) return false;
  console.warn(`${what} is not tried: ${missing.join(', ')} not installed`);
  return true;
}
