import { type BareJid, bareJid, type DomainJid, type Element, parseBareJid } from '@meerkat-chat/xmpp';
import type { Accounts } from '../../accounts/open-accounts.js';
import type { RoomAdministration } from '../../kernel/room-administration.js';
import type { SessionDirectory } from '../../kernel/session.js';
import type { ArchiveStore, AuditStore } from '../../storage/storage.js';
import type { EmbedConfigs } from '../embed-config.js';
import { ApiProblem } from './operation.js';

/** What operations do their work with. */
export interface ApiContext {
  readonly domain: DomainJid;
  readonly accounts: Accounts;
  readonly rooms: RoomAdministration;
  readonly sessions: SessionDirectory;
  readonly archive: Pick<ArchiveStore, 'query'>;
  readonly audit: AuditStore;
  /** Signs addresses of framed rooms. */
  readonly embeds: Pick<EmbedConfigs, 'pathOf'>;
  /** The time of day. */
  now(): number;
  /** An id for a stanza. */
  newId(): string;
  /** Routes a stanza from the server itself. */
  send(stanza: Element): void;
}

/** The account of a name, or of a whole address of ours. @throws {ApiProblem} 400 when it cannot be one */
export function accountNamed({ domain }: Pick<ApiContext, 'domain'>, name: string): BareJid {
  const local = name.endsWith(`@${domain}`) ? name.slice(0, -domain.length - 1) : name;
  const account = bareJid(local, domain);
  if (account === undefined)
    throw new ApiProblem(400, `${JSON.stringify(name)} cannot be the name of a user`);
  return account;
}

/** The room of a name, or of a whole address of ours. @throws {ApiProblem} 400 when it cannot be one */
export function roomNamed({ rooms }: Pick<ApiContext, 'rooms'>, name: string): BareJid {
  const room = parseBareJid(name.includes('@') ? name : `${name}@${rooms.host}`);
  if (room === undefined || !room.endsWith(`@${rooms.host}`)) {
    throw new ApiProblem(400, `${JSON.stringify(name)} cannot be the name of a room`);
  }
  return room;
}
