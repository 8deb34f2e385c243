// Lets somebody who measures memory ask a server for a full garbage collection: SIGUSR2.
// Usage: node --expose-gc --require packages/server/bench/collect-on-signal.cjs packages/server/dist/main.js start
// Not for production: a collection stops the server while it lasts.

'use strict';

const collect = globalThis.gc;
if (typeof collect !== 'function') throw new Error('collect-on-signal.cjs needs node --expose-gc');

process.on('SIGUSR2', () => {
  // What the first pass lets go of, such as the memory behind a Buffer, is only free after a second.
  collect();
  collect();
});
