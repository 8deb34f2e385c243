import { cpus } from 'node:os';

/** Processor, cores and runtime, in one line. */
export function thisMachine(): string {
  return `${cpus().length} x ${cpus()[0]?.model.trim() ?? process.arch}, Node ${process.versions.node}`;
}
