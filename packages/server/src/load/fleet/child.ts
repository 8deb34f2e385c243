// What a forked generator process runs: orders come over the channel to its parent, and so do its findings.

import { createLoadEnv, OwnProcess } from '../runtime.js';
import type { FromWorker, ToWorker } from './protocol.js';
import { Worker } from './worker.js';

const worker = new Worker(createLoadEnv(), new OwnProcess(), (message: FromWorker) => {
  process.send?.(message);
});
process.on('message', (message) => worker.hear(message as ToWorker));
// The parent tells when to end; where it is gone, however that came about, so is this.
process.on('disconnect', () => process.exit());
