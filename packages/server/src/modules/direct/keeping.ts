import {
  accountOf,
  type BareJid,
  child,
  encodeStanzaId,
  type Message,
  NS,
  serialize,
  stanzaError,
  withChildren,
} from '@meerkat-chat/xmpp';
import type { StanzaVerdict } from '../../kernel/hooks.js';
import type { ModuleContext } from '../../kernel/module.js';
import { personAt } from './people.js';
import type { DirectSettings } from './settings.js';

/** The archive cannot take more for now; a message that was not kept is not delivered either. */
const NOT_KEPT = stanzaError(
  'resource-constraint',
  'The archive cannot keep this now. Try again in a while.',
  { type: 'wait' },
);
/** A guest who has gone for good, or a name that nobody has. */
const GONE = stanzaError('recipient-unavailable', 'They have left, and will not get this.');

/** True for what people say to each other; not what is of the moment (XEP-0334 section 4). */
function isKept({ el, type }: Message): boolean {
  if (type !== 'chat' && type !== 'normal') return false;
  return child(el, 'body', NS.client) !== undefined && child(el, 'no-store', NS.hints) === undefined;
}

/**
 * Keeps a message in the archives of both who have an account, before it is delivered: so nobody has seen what a crash
 * takes away, and who is not there finds it later. It goes on with the id that it has in the recipient's archive.
 * @returns undefined for what is none of its business
 */
export function keep(
  context: ModuleContext<DirectSettings>,
  message: Message,
  account: BareJid,
): Promise<StanzaVerdict | undefined> | undefined {
  return isKept(message) ? keepText(context, message, account) : undefined;
}

async function keepText(
  context: ModuleContext<DirectSettings>,
  message: Message,
  account: BareJid,
): Promise<StanzaVerdict | undefined> {
  const { clock, log, settings, storage } = context;
  const recipient = await personAt(context, account);
  if (recipient === 'nobody') return { verdict: 'refuse', error: GONE };
  if (!settings.archived) return undefined;
  const sender = accountOf(message.from);
  const isSenderKept =
    sender !== undefined && sender !== account && (await personAt(context, sender)) === 'user';
  if (storage.archive.full) return { verdict: 'refuse', error: NOT_KEPT };
  const at = clock.now();
  const append = (archive: BareJid, peer: BareJid | undefined): { id: string; done: Promise<void> } => {
    const id = storage.archive.nextId(at);
    const xml = serialize(message.el);
    return { id, done: storage.archive.append({ id, archive, at, sender: peer ?? archive, xml }) };
  };
  const theirs = recipient === 'user' ? append(account, sender) : undefined;
  const own = isSenderKept ? append(sender, account) : undefined;
  try {
    await Promise.all([theirs?.done, own?.done]);
  } catch (err) {
    log.error({ err }, 'a message between two people was not archived');
    return { verdict: 'refuse', error: NOT_KEPT };
  }
  if (!theirs) return undefined;
  const el = withChildren(message.el, [...message.el.children, encodeStanzaId(theirs.id, account)]);
  return { verdict: 'replace', stanza: { ...message, el } };
}
