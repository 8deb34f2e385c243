import type { Millis } from '@meerkat-chat/xmpp';
import { z } from 'zod';

/** What a credential lets somebody do in a room: read only, write too, or keep order as an admin of the room does. */
export type RoomRight = 'moderate' | 'read' | 'write';

/** What a grant may say of a room; `default`: the room decides, as it does for everybody. */
export const GRANTED_RIGHTS = ['moderate', 'read', 'write', 'default'] as const satisfies readonly (
  | RoomRight
  | 'default'
)[];

/** One of `GRANTED_RIGHTS`. */
export type GrantedRight = (typeof GRANTED_RIGHTS)[number];

/** Stands for every room that a grant does not name. */
export const EVERY_ROOM = '*';

/**
 * What a site says of somebody in the credential itself, beyond who it is. It holds for the sessions that were signed
 * in with it, and for tokens that these got for signing in again.
 */
export interface Grant {
  /** The name to show. */
  readonly name?: string | undefined;
  /** The picture to show, an https URL. */
  readonly avatar?: string | undefined;
  /** Rights by the local part of a room; a room that is not named cannot be entered. Undefined: the rooms decide alone. */
  readonly rooms?: Readonly<Record<string, GrantedRight>> | undefined;
  /** The time of day at which a session that was signed in with it ends. */
  readonly until?: Millis | undefined;
  /** The site's own name for the sign-in that it comes from: when the site ends that, these sessions end. */
  readonly signIn?: string | undefined;
}

const grantSchema = z.object({
  name: z.string().optional(),
  avatar: z.string().optional(),
  rooms: z.record(z.string(), z.enum(GRANTED_RIGHTS)).optional(),
  until: z.number().optional(),
  signIn: z.string().optional(),
});

/** Writes a grant for the storage. */
export function formatGrant(grant: Grant): string {
  return JSON.stringify(grant);
}

/** Reads a grant from the storage. @throws Error when it is none: then nobody is let in by it */
export function parseGrant(text: string): Grant {
  return grantSchema.parse(JSON.parse(text));
}

/**
 * Whether a credential takes the place of the one before: it says something else, and lasts no less. A token for coming
 * back may be older than what the session has got since.
 */
export function isRenewed(before: Grant | undefined, now: Grant | undefined): boolean {
  if (!now || (now.until ?? Infinity) < (before?.until ?? 0)) return false;
  return !before || formatGrant(now) !== formatGrant(before);
}

/** What a grant says of a room, by its local part: `none` when it keeps its bearer out, undefined when the room decides. */
export function rightIn(grant: Grant | undefined, room: string): RoomRight | 'none' | undefined {
  const { rooms } = grant ?? {};
  if (!rooms) return undefined;
  const own = (name: string) => (Object.hasOwn(rooms, name) ? rooms[name] : undefined);
  const right = own(room) ?? own(EVERY_ROOM) ?? 'none';
  return right === 'default' ? undefined : right;
}
