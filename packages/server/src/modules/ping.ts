import { NS } from '@meerkat-chat/xmpp';
import { z } from 'zod';
import { defineModule } from '../kernel/module.js';

/** Answers pings to any address of ours that nobody else answers for (XEP-0199). */
export const ping = defineModule({
  id: 'ping',
  xeps: ['XEP-0199@2.0.1'],
  features: [NS.ping],
  settings: z.object({}),
  setup(context) {
    context.iq({ type: 'get', ns: NS.ping, name: 'ping', at: 'any', handle: () => ({ result: undefined }) });
  },
});
