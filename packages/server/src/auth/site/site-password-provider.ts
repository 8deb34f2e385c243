import { bareJid, unescapeLocal } from '@meerkat-chat/xmpp';
import type { AuthProvider } from '../provider.js';
import type { SitePasswordSettings } from './settings.js';
import { SiteInquiry, type SiteInquiryOptions } from './site-inquiry.js';

/** The longest password that a site is asked about, in bytes; WordPress takes no longer ones either. */
export const MAX_PASSWORD = 4096;

/** What asks the site about passwords. */
export interface SitePasswordOptions extends SiteInquiryOptions {
  readonly settings: SitePasswordSettings & { readonly url: string };
}

/**
 * Judges passwords by asking the site's back end: `POST url` with `{"user", "password", "address"}`, so that its second
 * factors, its limits and its vetoes stay in force. No password is remembered, and none is in a log.
 */
export function sitePasswordProvider(options: SitePasswordOptions): AuthProvider {
  const { clock, domain, log, settings } = options;
  const inquiry = new SiteInquiry(options);
  return {
    id: 'site-password',
    async verifyPassword(local, password, { address }) {
      if (Buffer.byteLength(password) > MAX_PASSWORD) return { verdict: 'unknown' };
      const body = JSON.stringify({ user: unescapeLocal(local), password, address });
      const headers = { 'content-type': 'application/json' };
      const answer = await inquiry.ask({ method: 'POST', headers, body });
      if (answer === 'unsure') return { verdict: 'refused', reason: 'temporary-auth-failure' };
      // Another provider may know them.
      if (answer === 'nobody') return { verdict: 'unknown' };
      const { account, grant } = answer;
      if (account !== bareJid(local, domain)) {
        // Such as by an address of theirs: failures are counted by name, so each account has one.
        log.info({ address }, 'the site knows by another name who was asked about');
        return { verdict: 'refused', reason: 'not-authorized' };
      }
      const until = Math.min(grant.until ?? Number.POSITIVE_INFINITY, clock.now() + settings.lasts);
      return { verdict: 'accepted', identity: { account, kind: 'user', grant: { ...grant, until } } };
    },
  };
}
