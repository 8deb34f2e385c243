import { formatProgress } from '../load/output/progress-line.js';
import type { OnProgress } from '../load/progress.js';
import type { CliIo } from './io.js';

/** Plain lines come only so often, in seconds. */
const LINE_EVERY = 5;

/** How a run goes, on standard error: one line that is written over in a terminal, else a line now and then. */
export function showProgress(io: CliIo): { readonly show: OnProgress; end(): void } {
  const { stderr } = io;
  const terminal = stderr.isTTY === true;
  let dirty = false;
  return {
    show: (progress) => {
      const line = formatProgress(progress);
      if (terminal && progress.kind === 'sample') {
        stderr.write(`\r\x1b[2K${line.slice(0, (stderr.columns ?? 80) - 1)}`);
        dirty = true;
      } else if (progress.kind === 'phase' || progress.sample.second % LINE_EVERY === 0) {
        stderr.write(`${dirty ? '\r\x1b[2K' : ''}${line}\n`);
        dirty = false;
      }
    },
    end: () => {
      if (dirty) stderr.write('\n');
      dirty = false;
    },
  };
}
