import { readFile } from 'node:fs/promises';

/** The kernel's clock tick for these figures on every Linux that Node runs on: USER_HZ is 100. */
const TICKS_PER_SECOND = 100;

/** What a process has used so far: CPU seconds in user and kernel mode, and resident bytes. */
export interface ProcessUse {
  readonly cpuSeconds: number;
  readonly residentBytes: number;
}

/** Reads `/proc/PID/stat` (proc(5)); undefined where there is no such process, or no such file system. */
export async function processUse(pid: number): Promise<ProcessUse | undefined> {
  let stat: string;
  try {
    stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The second field is the name in parentheses and may hold spaces, so count from the last parenthesis.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { cpuSeconds: ticks / TICKS_PER_SECOND, residentBytes: Number(fields[21]) * 4096 };
}
