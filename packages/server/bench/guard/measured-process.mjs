// A server in a process of its own that tells what CPU time it has taken.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const TELL_CPU = path.join(import.meta.dirname, 'tell-cpu.cjs');
const READY = /ready on (http:\S+)/;
const PATIENCE = 30_000;
const ENDING = 5000;
/** Characters of its output that are kept, for the error when it does not start. */
const OUTPUT = 4000;

/**
 * Starts a script and waits until it prints where it listens.
 * @param {string} script
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} env settings beside those of this process
 * @returns {Promise<{ url: URL, cpu(): Promise<number>, stop(): Promise<void> }>} `cpu` in microseconds, all threads
 * @throws Error with the end of what it printed, when it ends or is not ready after 30 s
 */
export async function startMeasured(script, args, env = {}) {
  const child = spawn(process.execPath, ['--require', TELL_CPU, script, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const url = new URL(await ready(child, script));
  return {
    url,
    async cpu() {
      const answer = once(child, 'message');
      child.send('cpu');
      return (await answer)[0];
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), ENDING);
      await gone;
      clearTimeout(late);
    },
  };
}

function ready(child, script) {
  let output = '';
  return new Promise((resolve, reject) => {
    const settle = (act) => {
      clearTimeout(late);
      child.off('exit', ended).off('error', fail);
      act();
    };
    const fail = (error) =>
      settle(() => {
        child.kill('SIGKILL');
        reject(new Error(`${script}: ${error.message}\n${output.trim()}`));
      });
    const ended = (code, signal) => fail(new Error(`it ended before it was ready (${code ?? signal})`));
    const late = setTimeout(() => fail(new Error(`not ready after ${PATIENCE / 1000} s`)), PATIENCE);
    const read = (chunk) => {
      output = (output + chunk).slice(-OUTPUT);
      const url = READY.exec(output)?.[1];
      if (url !== undefined) settle(() => resolve(url));
    };
    child.once('exit', ended).once('error', fail);
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
}
