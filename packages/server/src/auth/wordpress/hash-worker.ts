import { parentPort } from 'node:worker_threads';
import { type HashJob, runHashJob } from './hash-jobs.js';

// The thread that reckons hashes: a question with a number in, an answer with the same number out.
parentPort?.on('message', ({ id, job }: { readonly id: number; readonly job: HashJob }) => {
  let fits = false;
  try {
    fits = runHashJob(job);
  } finally {
    parentPort?.postMessage({ id, fits });
  }
});
