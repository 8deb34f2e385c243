import { createConnection } from 'node:net';
import { LineReader } from './line-reader.js';
import { type AdminAnswer, type AdminRequest, MAX_LINE_BYTES, readAnswer } from './protocol.js';

/** How long a server may take to answer, in milliseconds; to look through every archive it may take longer. */
const PATIENCE = 30_000;
const PATIENCE_FOR_ERASING = 3_600_000;

const NOBODY = new Set(['ECONNREFUSED', 'EINVAL', 'ENAMETOOLONG', 'ENOENT', 'ENOTDIR', 'ENOTSOCK']);

/**
 * Asks the server whose socket that is.
 * @returns its answer; undefined when no server listens there
 * @throws Error with one line when it is there and does not answer
 */
export function askServer(path: string, request: AdminRequest): Promise<AdminAnswer | undefined> {
  return new Promise((fulfil, reject) => {
    const socket = createConnection(path);
    const reader = new LineReader(MAX_LINE_BYTES);
    const fail = (why: string): void => {
      socket.destroy();
      reject(new Error(`the running server at ${path} ${why}`));
    };
    const patience = request.command === 'user-erase' ? PATIENCE_FOR_ERASING : PATIENCE;
    socket.setTimeout(patience, () => fail('does not answer'));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (NOBODY.has(error.code ?? '')) fulfil(undefined);
      else fail(`cannot be reached (${error.code ?? error.message})`);
    });
    socket.on('connect', () => socket.write(`${JSON.stringify(request)}\n`));
    socket.on('data', (bytes) => {
      const line = reader.push(bytes);
      if (line === undefined) return;
      const answer = line === 'too long' ? undefined : readAnswer(line.text);
      socket.destroy();
      if (answer) fulfil(answer);
      else fail('gave an answer that this version does not know');
    });
    socket.on('close', () => fail('ended without an answer'));
  });
}
