import { encodeAuthenticate, encodeFast, is, NS } from '@meerkat-chat/xmpp';
import { SOFTWARE } from './negotiate.js';
import type { Mechanism } from './sasl/mechanism.js';
import type { Stream } from './stream.js';

/**
 * Makes a token of FAST useless (XEP-0484 section 3.6): uses it once more on a link that has just opened, saying so,
 * and binds nothing.
 * @throws {StreamEnded} when the link ends before the server has answered
 */
export async function giveUpToken(stream: Stream, mechanism: Mechanism, clientId: string): Promise<void> {
  const initial = await mechanism.first();
  stream.open();
  stream.write(
    encodeAuthenticate({
      mechanism: mechanism.name,
      initial,
      userAgent: { id: clientId, software: SOFTWARE, device: undefined },
      inline: [encodeFast({ count: mechanism.fastCount, invalidate: true })],
    }),
  );
  for (;;) {
    const answer = await stream.next();
    if (is(answer, 'success', NS.sasl2) || is(answer, 'failure', NS.sasl2)) return;
  }
}
