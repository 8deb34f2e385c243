import { type BoshBody, type BoshCondition, boshBodyTag, NS } from '@meerkat-chat/xmpp';

const END = Buffer.from('</body>');
const PLAIN_TAG = Buffer.from(boshBodyTag({}));

/** A reply that says nothing. */
export const EMPTY: Buffer = Buffer.concat([PLAIN_TAG, END]);

/** What the first copy of a repeated request gets: nothing is lost (XEP-0124 section 17.3). */
export const RECOVERABLE: Buffer = bodyOf({ type: 'error' }, []);

/** A reply. @param declareStream the prefix `stream` is declared on the body too, where old clients look for it */
export function bodyOf(attributes: BoshBody, frames: readonly Buffer[], declareStream = false): Buffer {
  const tag = boshBodyTag(attributes);
  const whole = declareStream ? `${tag.slice(0, -1)} xmlns:stream="${NS.streams}">` : tag;
  return Buffer.concat([Buffer.from(whole), ...frames, END]);
}

/** The last reply of a session (section 13 and 17.2). */
export function terminateOf(condition: BoshCondition | undefined, frames: readonly Buffer[] = []): Buffer {
  return bodyOf({ type: 'terminate', ...(condition === undefined ? {} : { condition }) }, frames);
}

/** The code that clients without a version are told errors by (section 17.1). */
export function httpStatus(condition: BoshCondition): number {
  switch (condition) {
    case 'bad-request':
      return 400;
    case 'policy-violation':
      return 403;
    case 'item-not-found':
      return 404;
    default:
      return 200;
  }
}
