import { once } from 'node:events';
import type { Server } from 'node:net';

/** What a new socket is not: open to the group, or to others, or to be run. */
const MASK = 0o177;

/**
 * Listens on a Unix socket that is its owner's alone from its first moment on (mode 0600): changing the mode later would
 * leave a moment in which others come in. Fulfils when it listens. For the main thread of a process.
 * @throws Error of the system when it cannot
 */
export async function listenPrivately(server: Server, path: string): Promise<void> {
  const listening = once(server, 'listening');
  // The socket is made within the call, before anything else can run under this mask.
  const before = process.umask(MASK);
  try {
    server.listen(path);
  } finally {
    process.umask(before);
  }
  await listening;
}
