import type { Millis } from '@meerkat-chat/xmpp';
import { z } from 'zod';
import { defineModule } from '../kernel/module.js';
import type { Session } from '../kernel/session.js';

/** How often it is looked whose time has come. */
const PERIOD: Millis = 1000;

/**
 * Ends sessions whose credential has ended: what a site grants for an hour lasts no longer, whatever the client does.
 * Who has come back with a new credential in time goes on (`session:renewed`).
 */
export const credentialEnd = defineModule({
  id: 'credential-end',
  xeps: [],
  settings: z.object({}),
  setup({ clock, gauge, on }) {
    const until = new Map<Session, Millis>();
    const note = ({ session }: { readonly session: Session }): void => {
      const end = session.identity.grant?.until;
      if (end === undefined) until.delete(session);
      else until.set(session, end);
    };
    on('session:bound', note);
    on('session:renewed', note);
    on('session:ended', ({ session }) => void until.delete(session));
    clock.every(PERIOD, () => {
      const now = clock.now();
      for (const [session, end] of until)
        if (end <= now) session.end('credentials-expired', 'not-authorized');
    });
    gauge('limited', () => until.size);
  },
});
