// Preloaded into a server under measurement: answers each message of its parent with the CPU time that the process
// has taken, all threads together, in microseconds. Ends with its parent, however that ends.

'use strict';

process.on('message', () => {
  const { system, user } = process.cpuUsage();
  process.send(user + system);
});
process.on('disconnect', () => process.exit());
// A server that is told to end must not stay because somebody could ask.
process.channel.unref();
