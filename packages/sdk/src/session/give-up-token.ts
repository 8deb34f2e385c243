import { encodeAuthenticate, encodeFast, is, NS } from '@meerkat-chat/xmpp';
import type { Connector } from './connector.js';
import { SOFTWARE } from './negotiate.js';
import type { Mechanism } from './sasl/mechanism.js';
import type { Stream } from './stream.js';

/** Tells the server, where it can be reached, that a token will not be used any more. What goes wrong goes unheard. */
export async function giveUpToken(connector: Connector, token: Mechanism, clientId: string): Promise<void> {
  const { endpoints } = connector;
  const { memory, platform, settings } = connector.deps;
  const { link: kind } = memory.known;
  if (!endpoints || !kind || !endpoints[kind] || !platform.page.online()) return;
  const abort = new AbortController();
  let stream: Stream | undefined;
  const stopTimer = platform.env.clock.after(settings.stall, () => {
    abort.abort();
    stream?.drop();
  });
  try {
    stream = connector.stream(await connector.open(kind, endpoints, abort.signal), endpoints.domain);
    await useUp(stream, token, clientId);
    stream.finish();
  } catch {
    // The token expires by itself.
  } finally {
    stopTimer();
    stream?.drop();
  }
}

/**
 * Makes a token of FAST useless (XEP-0484 section 3.6): uses it once more on a link that has just opened, saying so,
 * and binds nothing.
 * @throws {StreamEnded} when the link ends before the server has answered
 */
async function useUp(stream: Stream, mechanism: Mechanism, clientId: string): Promise<void> {
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
