import { type BareJid, stanzaError } from '@meerkat-chat/xmpp';
import { z } from 'zod';
import { addressKey } from '../kernel/address-key.js';
import { defineModule } from '../kernel/module.js';
import { type Rate, TokenBuckets } from '../kernel/token-buckets.js';

const rate = (perSecond: number, burst: number) =>
  z
    .object({
      /** In the long run. */
      perSecond: z.number().positive().default(perSecond),
      /** At once, after a quiet time. */
      burst: z.int().min(1).default(burst),
    })
    .prefault({});

const settings = z.object({
  /** False lifts every limit, for load tests. */
  enabled: z.boolean().default(true),
  /** Messages of one account, with all its sessions. */
  messages: rate(2, 20),
  /** Messages of all guests of one network address (of IPv6, a /64): a guest who is too fast can come as another. */
  guestMessages: rate(20, 200),
  /** Presences of one account: a large room sends each of them to everybody. Enough at once to join many rooms. */
  presences: rate(2, 100),
  /** Stanzas of any kind of one account, messages and presences too. */
  stanzas: rate(20, 200),
});

const TOO_FAST = stanzaError('policy-violation', 'You are sending too fast. Wait a moment.', {
  type: 'wait',
});
const NETWORK_TOO_FAST = stanzaError(
  'policy-violation',
  'Guests of your network are sending too fast. Wait a moment.',
  { type: 'wait' },
);
const SWEEP = 30_000;

/** Refuses what an account sends faster than allowed. Nothing is queued: the client is told, and knows when to go on. */
export const rateLimit = defineModule({
  id: 'rate-limit',
  xeps: [],
  settings,
  setup(context) {
    if (!context.settings.enabled) return;
    const buckets = (of: Rate) => new TokenBuckets<BareJid>(context.clock, of);
    const byKind = {
      iq: undefined,
      message: buckets(context.settings.messages),
      presence: buckets(context.settings.presences),
    };
    const stanzas = buckets(context.settings.stanzas);
    const ofGuests = new TokenBuckets<string>(context.clock, context.settings.guestMessages);
    context.on('stanza:sent', ({ session, stanza }) => {
      // Answers cost nothing extra, and a client cannot choose when it is asked.
      if (stanza.kind === 'iq' && (stanza.type === 'result' || stanza.type === 'error')) return undefined;
      const { account } = session;
      const allowed = stanzas.take(account) && (byKind[stanza.kind]?.take(account) ?? true);
      if (!allowed) return { verdict: 'refuse', error: TOO_FAST };
      if (stanza.kind !== 'message' || session.identity.kind === 'user') return undefined;
      return ofGuests.take(addressKey(session.peer.address))
        ? undefined
        : { verdict: 'refuse', error: NETWORK_TOO_FAST };
    });
    context.clock.every(SWEEP, () => {
      byKind.message.sweep();
      byKind.presence.sweep();
      stanzas.sweep();
      ofGuests.sweep();
    });
    context.gauge('accounts', () => Math.max(byKind.message.size, byKind.presence.size, stanzas.size));
  },
});
