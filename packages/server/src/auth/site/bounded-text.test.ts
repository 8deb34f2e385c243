import { expect, test } from 'vitest';
import { boundedText, MAX_ANSWER_BYTES } from './bounded-text.js';

/** A body without an end, which counts what was read of it and hears when nobody reads any more. */
function endless() {
  const seen = { pulled: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        seen.pulled++;
        controller.enqueue(new Uint8Array(1024));
      },
      cancel() {
        seen.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, seen };
}

test('a body is read as text, whatever its parts, up to the bound', async () => {
  const bytes = Buffer.from('né');
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
      controller.close();
    },
  });
  expect(await boundedText(body, bytes.length)).toBe('né');
  expect(await boundedText(null)).toBe('');
});

test('one past the bound it is let go of', async () => {
  await expect(boundedText(new Response('four').body, 3)).rejects.toThrow(RangeError);
  const { body, seen } = endless();
  await expect(boundedText(body)).rejects.toThrow('its answer is too long');
  expect(seen).toEqual({ pulled: MAX_ANSWER_BYTES / 1024 + 1, cancelled: true });
});
