import { Readable } from 'node:stream';

/** An answer that is read as it is sent: JSON, one thing a line. */
export class JsonLines extends Readable {}

/** Makes such an answer; nothing is read before the other side takes it. */
export function jsonLines(things: AsyncIterator<object>): JsonLines {
  return new JsonLines({
    highWaterMark: 65_536,
    async read() {
      try {
        const { done, value } = await things.next();
        this.push(done ? null : `${JSON.stringify(value)}\n`);
      } catch (error) {
        this.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    },
    destroy(error, finished) {
      // Whoever hangs up ends the reading.
      Promise.resolve(things.return?.()).then(
        () => finished(error),
        () => finished(error),
      );
    },
  });
}
