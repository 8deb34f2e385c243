import { localOf, type StanzaError, stanzaError } from '@meerkat-chat/xmpp';
import type { Authenticator } from '../auth/authenticator.js';
import type { PasswordSettings } from '../auth/password-rules.js';
import { type UserAdmin, UserAdminError } from '../auth/user-admin.js';
import type { HookHandler } from '../kernel/hooks.js';
import type { Session } from '../kernel/session.js';
import type { Storage } from '../storage/storage.js';
import { sentence } from './registration.js';

/** What people do with their own accounts needs this. */
export interface OwnAccountOptions {
  readonly storage: Pick<Storage, 'users'>;
  readonly users: Pick<UserAdmin, 'delete' | 'replacePassword'>;
  readonly auth: Pick<Authenticator, 'failed' | 'verifyPassword'>;
  readonly settings: Pick<PasswordSettings, 'askPresent'>;
  /** Whether accounts are made by the people themselves, who may then give them up by themselves, too. */
  readonly open: boolean;
  /** Ends the sessions of an account but one. */
  signOut(session: Session): void;
}

const GUEST = stanzaError('not-allowed', 'Guests have no password.');
const ELSEWHERE = stanzaError(
  'not-allowed',
  'Your password is not kept here, but by the site that you sign in to.',
);
const PRESENT = stanzaError('not-authorized', 'The present password is needed.');
const WRONG = stanzaError('not-authorized', 'This is not your present password.');
const TOO_OFTEN = stanzaError('resource-constraint', 'This was tried too often. Try again later.');
const NOT_OPEN = stanzaError('not-allowed', 'Accounts are removed here by those who run this place.');

/** What people do with their own accounts while they are signed in (XEP-0077 sections 3.2 and 3.3), as answers to hooks. */
export function ownAccount(options: OwnAccountOptions): {
  readonly password: HookHandler<'account:password'>;
  readonly remove: HookHandler<'account:remove'>;
} {
  const { auth, open, settings, signOut, storage, users } = options;

  const mayNot = async (session: Session): Promise<StanzaError | undefined> => {
    if (session.identity.kind === 'guest') return GUEST;
    return (await storage.users.get(session.account))?.keys ? undefined : ELSEWHERE;
  };

  const judgePresent = async (
    session: Session,
    present: string | undefined,
  ): Promise<StanzaError | undefined> => {
    if (!settings.askPresent) return undefined;
    if (present === undefined) return PRESENT;
    const { account, peer } = session;
    const verdict = await auth.verifyPassword(localOf(account), present, peer);
    if (verdict.verdict === 'accepted' && verdict.identity.account === account) {
      // A token of the site may be taken as a password to sign in: it is no proof that one knows the password.
      return verdict.identity.grant ? WRONG : undefined;
    }
    if (verdict.verdict === 'refused' && verdict.reason === 'temporary-auth-failure') return TOO_OFTEN;
    auth.failed(peer, localOf(account));
    return WRONG;
  };

  return {
    async password({ password, present, session }) {
      const error = (await mayNot(session)) ?? (await judgePresent(session, present));
      if (error) return { done: false, error, wantsPresent: error === PRESENT };
      try {
        await users.replacePassword(session.account, password, session.clientId);
      } catch (problem) {
        if (!(problem instanceof UserAdminError)) throw problem;
        return { done: false, error: stanzaError('not-acceptable', sentence(problem.message)) };
      }
      signOut(session);
      return { done: true };
    },

    async remove({ session }) {
      const error = open ? await mayNot(session) : NOT_OPEN;
      if (error) return { done: false, error };
      await users.delete(session.account);
      return { done: true };
    },
  };
}
