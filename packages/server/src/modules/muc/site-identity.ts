import { localOf, prepareResource, readAvatar, stanzaError } from '@meerkat-chat/xmpp';
import type { Grant } from '../../kernel/grant.js';
import type { Session } from '../../kernel/session.js';
import { nickProblem } from './nick.js';
import type { Room } from './room.js';
import type { MucSettings } from './settings.js';

/** How many people of one name a room tells apart. */
const NAMESAKES = 99;
/** What is no part of a name: it cannot be seen, or turns the direction of what stands around it. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** XEP-0045 section 7.6: nicks are locked down. */
export const NAMED_BY_SITE = stanzaError('not-acceptable', 'Your name is the one that you have at the site.');

/**
 * The nick by which a room shows somebody whom a site has named; undefined where it is theirs to choose. A namesake who is
 * there already makes it `Mira Kim 2`.
 */
export function nickGiven(
  settings: Pick<MucSettings, 'nickBytes' | 'siteNames'>,
  room: Pick<Room, 'bySession' | 'holderOf'>,
  { account, identity, jid }: Pick<Session, 'account' | 'identity' | 'jid'>,
): string | undefined {
  const said = identity.grant?.name;
  if (!settings.siteNames || said === undefined) return undefined;
  const here = room.bySession(jid);
  if (here) return here.nick;
  const name = nameFrom(said, settings.nickBytes) ?? nameFrom(localOf(account), settings.nickBytes);
  if (name === undefined) return undefined;
  for (let number = 1; number <= NAMESAKES; number++) {
    const nick = number === 1 ? name : `${name} ${number}`;
    const holder = room.holderOf(nick);
    if (!holder || (holder.account === account && holder.nick === nick)) return nick;
  }
  return name;
}

/** Where the picture of somebody is, as a site says; undefined where it may not be shown. */
export function avatarGiven(
  { avatars }: Pick<MucSettings, 'avatars'>,
  grant: Grant | undefined,
): string | undefined {
  const url = readAvatar(grant?.avatar);
  if (!avatars.shown || url === undefined || !URL.canParse(url)) return undefined;
  const { host, href, password, username } = new URL(url);
  if (username !== '' || password !== '') return undefined;
  const allowed = avatars.hosts.length === 0 || avatars.hosts.some((pattern) => isAt(host, pattern));
  return allowed ? readAvatar(href) : undefined;
}

function isAt(host: string, pattern: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
}

/** A name as a nick: in one line, of a length that leaves place for a number. */
function nameFrom(said: string, nickBytes: number): string | undefined {
  let name = '';
  for (const letter of said.replace(UNSEEN, '').trim().replace(/\s+/g, ' ')) {
    if (Buffer.byteLength(name + letter) > nickBytes - ` ${NAMESAKES}`.length) break;
    name += letter;
  }
  const nick = prepareResource(name.trim());
  return nick === undefined || nickProblem(nick, nickBytes) ? undefined : nick;
}
