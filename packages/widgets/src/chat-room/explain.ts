import type { Explanation, Explanations, Strings } from '../locales/en.js';
import type { Cause } from './condition.js';

/** What can be done about a refusal. */
export type Remedy = 'join' | 'name' | 'proof' | 'retry' | 'sign-in';

/** Who somebody is to the site around: known by its cookie or a token, or a guest, perhaps instead of signing in. */
export type Who = 'cookie' | 'guest' | 'nobody' | 'token';

/** A refusal, as it is shown. */
export interface Notice {
  readonly title: string;
  readonly advice: string;
  /** What the server or a moderator said about it. */
  readonly words?: string;
  readonly remedy?: Remedy;
  readonly action?: string;
}

/** Says why, and what to do. Loaded when something is refused. */
export function explain(
  cause: Cause,
  strings: Strings,
  explanations: Explanations,
  who: Who = 'guest',
): Notice {
  const { site } = explanations;
  if (who === 'nobody' && wantsSignIn(cause)) return notice(site.signIn, undefined, 'sign-in', site.action);
  switch (cause.by) {
    case 'page':
      return explanations.noRoom;
    case 'site':
      return notice(site.down, undefined, 'retry', strings.tryAgain);
    case 'proof':
      return explanations.proving;
    case 'person':
      return notice(explanations.closed, undefined, 'retry', strings.joinAgain);
    case 'chat':
      if (cause.status.reason === 'not-authorized') {
        // A token that was refused is for the site to mend; without one, signing in helps.
        if (who === 'token') return notice(site.refused, cause.status.text, 'retry', strings.tryAgain);
        return notice(explanations.refusals['not-authorized'], cause.status.text, 'sign-in', site.action);
      }
      return explainChat(cause, strings, explanations);
    case 'room':
      return explainRoom(cause, strings, explanations);
  }
}

/** Whether whoever signs in may get past it. */
function wantsSignIn(cause: Cause): boolean {
  if (cause.by === 'chat') return ['not-authorized', 'unsupported'].includes(cause.status.reason);
  return cause.by === 'room' && ['members-only', 'not-allowed'].includes(cause.status.reason);
}

function notice(
  { title, advice }: Explanation,
  words: string | undefined,
  remedy?: Remedy,
  action?: string,
): Notice {
  // A server that says the same as we do is not repeated.
  const more = words && words !== title && words !== advice ? { words } : {};
  return { title, advice, ...more, ...(remedy && action ? { remedy, action } : {}) };
}

function explainChat(
  { status: { reason, text } }: Extract<Cause, { by: 'chat' }>,
  strings: Strings,
  explanations: Explanations,
): Notice {
  const why = explanations.refusals[reason];
  switch (reason) {
    case 'not-authorized':
    case 'unreachable':
    case 'crowded':
      return notice(why, text, 'retry', strings.tryAgain);
    case 'proof':
      return notice(why, undefined, 'proof', strings.tryAgain);
    case 'replaced':
      return notice(why, text, 'retry', strings.useHere);
    case 'forbidden':
    case 'insecure':
    case 'unsupported':
      return notice(why, text);
  }
}

function explainRoom(
  { status: { reason, text, by } }: Extract<Cause, { by: 'room' }>,
  strings: Strings,
  explanations: Explanations,
): Notice {
  const why = explanations.roomRefusals[reason];
  switch (reason) {
    case 'nick-conflict':
    case 'nick-refused':
    case 'nick-reserved':
      return notice(why, text, 'name', strings.useName);
    case 'kicked':
      return notice(
        { ...why, title: by ? explanations.removedBy(by) : why.title },
        text,
        'join',
        strings.joinAgain,
      );
    case 'full':
    case 'unknown':
      return notice(why, text, 'join', strings.tryAgain);
    case 'banned':
    case 'destroyed':
    case 'members-only':
    case 'not-allowed':
    case 'not-found':
    case 'password':
      return notice(why, text);
  }
}
