import { NS } from './ns.js';
import { child, type Element, el } from './xml/element.js';

/** The longest address of a picture, in UTF-16 units. */
export const MAX_AVATAR_URL = 1000;

/** Writes `<avatar/>` (docs/namespaces.md): where the picture of whoever a stanza is from may be had. */
export function encodeAvatar(url: string): Element {
  return el('avatar', NS.avatar, { url });
}

/** The address of the picture, https only; believe it of a room, which takes out what occupants say. */
export function avatarOf(stanza: Element): string | undefined {
  return readAvatar(child(stanza, 'avatar', NS.avatar)?.attrs.url);
}

/** A text as the address of a picture; undefined where it is none. */
export function readAvatar(url: unknown): string | undefined {
  return typeof url === 'string' && url.length <= MAX_AVATAR_URL && /^https:\/\/[^\s/?#]/.test(url)
    ? url
    : undefined;
}
