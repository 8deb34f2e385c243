import { type Clock, type StanzaError, stanzaError } from '@meerkat-chat/xmpp';
import { z } from 'zod';
import type { SiteFetch } from '../auth/site/site-inquiry.js';
import type { Logger } from '../kernel/logger.js';
import type { RegistrationSettings } from './settings.js';

/** Asks whether somebody may have an account; answers why not. */
export type AskHook = (who: {
  readonly name: string;
  readonly address: string;
}) => Promise<StanzaError | undefined>;

/** The longest answer, in characters; and the longest sentence in it that is handed on. */
const MAX_ANSWER = 4096;
const MAX_MESSAGE = 300;
/** Questions at a time: who comes beyond is refused. */
const AT_ONCE = 20;

const answered = z.union([
  z.object({ allow: z.literal(true) }),
  z.object({ allow: z.literal(false), message: z.string().optional() }),
]);

const UNSURE = stanzaError('resource-constraint', 'Accounts cannot be made just now. Try again later.');

/** Asks the URL of `registration.hook`. Whatever is no clear yes is a no. */
export function registrationHook(options: {
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Logger;
  readonly fetch: SiteFetch;
  readonly settings: Pick<RegistrationSettings, 'hookTimeout'> & { readonly hook: string };
}): AskHook {
  const { clock, fetch, log, settings } = options;
  let asking = 0;
  return async (who) => {
    if (asking >= AT_ONCE) return UNSURE;
    asking++;
    const abort = new AbortController();
    const off = clock.after(settings.hookTimeout, () => abort.abort(new Error('it took too long to answer')));
    try {
      const answer = await fetch(settings.hook, {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: JSON.stringify(who),
        signal: abort.signal,
        redirect: 'error',
      });
      const text = await answer.text();
      if (answer.status !== 200) throw new Error(`it answered with ${answer.status}`);
      if (text.length > MAX_ANSWER) throw new Error('its answer is too long');
      const said = answered.parse(JSON.parse(text));
      if (said.allow) return undefined;
      return stanzaError(
        'not-allowed',
        said.message?.slice(0, MAX_MESSAGE) ?? 'You may not have an account here.',
      );
    } catch (err) {
      log.warn({ err, url: settings.hook }, 'it was not said whether somebody may register');
      return UNSURE;
    } finally {
      off();
      asking--;
    }
  };
}
