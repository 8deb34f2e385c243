/** The longest answer of a site that is read, in bytes: whatever bound of characters there is, it has place in this. */
export const MAX_ANSWER_BYTES = 65_536;

/**
 * Reads the body of an answer as text, up to a bound. What is longer is not read on: the connection is let go of.
 * @throws RangeError for a body that is longer; and what the body fails with, such as the end of patience
 */
export async function boundedText(
  body: AsyncIterable<Uint8Array> | null,
  most: number = MAX_ANSWER_BYTES,
): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop ends the reading.
  for await (const part of body ?? []) {
    bytes += part.length;
    if (bytes > most) throw new RangeError('its answer is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
