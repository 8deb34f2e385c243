import { fork } from 'node:child_process';
import type { Env } from '@meerkat-chat/xmpp';
import { OwnProcess } from '../runtime.js';
import type { FromWorker, StartWorker } from './protocol.js';
import { Worker } from './worker.js';

/** Plays users in a process of their own. */
export const startChild: StartWorker = (heard) => {
  const child = fork(new URL('./child.js', import.meta.url), [], {
    serialization: 'advanced',
    // In a group of its own: Ctrl-C is for the parent, which tells when to end, and may come before this is ready for it.
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let over = false;
  const end = (why: string): void => {
    if (over) return;
    over = true;
    heard({ kind: 'failed', message: `a generator process ended: ${why}` });
  };
  child.on('message', (message) => {
    const said = message as FromWorker;
    if (said.kind === 'done' || said.kind === 'failed') over = true;
    heard(said);
  });
  child.on('error', (error) => end(error.message));
  child.on('exit', (code, signal) => end(String(code ?? signal)));
  return {
    send: (message) => {
      if (child.connected) child.send(message);
    },
    kill: () => {
      over = true;
      child.kill('SIGKILL');
    },
  };
};

/** Plays users in this process, which costs no start and no messages between processes. */
export function startInProcess(env: Env): StartWorker {
  return (heard) => {
    const own = new OwnProcess();
    let over = false;
    const worker = new Worker(env, own, (message) => {
      if (message.kind === 'done' || message.kind === 'failed') own.stop();
      if (!over) heard(message);
    });
    return {
      send: (message) => worker.hear(message),
      kill: () => {
        over = true;
        worker.hear({ kind: 'stop' });
      },
    };
  };
}
