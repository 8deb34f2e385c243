// What a forked generator process runs: orders come over the channel to its parent, and so do its findings.

import { createLoadEnv, OwnProcess } from '../runtime.js';
import type { FromWorker, ToWorker } from './protocol.js';
import { Worker } from './worker.js';

const worker = new Worker(createLoadEnv(), new OwnProcess(), (message: FromWorker) => {
  process.send?.(message);
});
process.on('message', (message) => worker.hear(message as ToWorker));
// Ctrl-C goes to the whole group; the parent tells when to end.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
