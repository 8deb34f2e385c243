import {
  decodeRegister,
  encodeChangePasswordForm,
  encodeRegistered,
  localOf,
  NS,
  parseBareJid,
  stanzaError,
} from '@meerkat-chat/xmpp';
import { z } from 'zod';
import type { OwnAccountAnswer } from '../kernel/hooks.js';
import { defineModule, type IqAnswer, type IqTarget, type ModuleContext } from '../kernel/module.js';
import type { Session } from '../kernel/session.js';

const NOBODY = stanzaError('service-unavailable', 'No accounts are kept here.');
const NOT_YOURS = stanzaError('not-allowed', 'This is not your account.');

/** XEP-0077 lets clients ask the server, or leave the address out. */
const TARGETS: readonly IqTarget[] = ['domain', 'own-account'];

function answerOf(done: OwnAccountAnswer | undefined, session: Session): IqAnswer {
  if (!done) return { error: NOBODY };
  if (done.done) return { result: undefined };
  if (!done.wantsPresent) return { error: done.error };
  // The form tells a client that knows it how to ask again (section 3.3).
  return { error: { ...done.error, application: encodeChangePasswordForm(localOf(session.account)) } };
}

function setup(context: ModuleContext<object>): void {
  for (const at of TARGETS) {
    context.iq({
      type: 'get',
      ns: NS.register,
      name: 'query',
      at,
      handle({ session }) {
        if (session?.identity.kind !== 'user') return { error: NOBODY };
        return { result: encodeRegistered(localOf(session.account)) };
      },
    });
    context.iq({
      type: 'set',
      ns: NS.register,
      name: 'query',
      at,
      async handle({ iq, session }) {
        if (!session) return { error: NOBODY };
        const asked = decodeRegister(iq.payload);
        if (!asked.ok) return { error: asked.error };
        if (asked.value.kind === 'remove') {
          return answerOf(await context.first('account:remove', { session }), session);
        }
        const { oldPassword, password, username } = asked.value;
        if (parseBareJid(`${username}@${context.domain}`) !== session.account) return { error: NOT_YOURS };
        const wish = { session, present: oldPassword, password };
        return answerOf(await context.first('account:password', wish), session);
      },
    });
  }
}

/** Another password for one's own account, and its end (XEP-0077 sections 3.2 and 3.3); who keeps accounts answers. */
export const register = defineModule({
  id: 'register',
  xeps: ['XEP-0077@2.4'],
  features: [NS.register],
  settings: z.object({}),
  setup,
});
