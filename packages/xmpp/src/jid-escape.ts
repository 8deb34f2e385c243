import { prepareLocal } from './jid.js';

/** Characters that a local part cannot have, and the escapes that stand for them (XEP-0106 section 4.2). */
const ESCAPED = ' "&\'/:<>@\\';
const ESCAPE = /\\(20|22|26|27|2f|3a|3c|3e|40|5c)/gi;

const escapeOf = (character: string): string =>
  `\\${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`;

/**
 * Makes a local part of a user's name at another service (XEP-0106): lower case, what an address cannot have escaped,
 * a backslash only where it would be taken for an escape. Undefined when there is no such local part: empty, too long,
 * or with a space at an end.
 */
export function escapeLocal(name: string): string | undefined {
  if (name.startsWith(' ') || name.endsWith(' ')) return undefined;
  let escaped = '';
  for (let at = 0; at < name.length; at++) {
    const character = name[at] ?? '';
    const literal = character === '\\' && !/^\\(20|22|26|27|2f|3a|3c|3e|40|5c)/i.test(name.slice(at, at + 3));
    escaped += ESCAPED.includes(character) && !literal ? escapeOf(character) : character;
  }
  return prepareLocal(escaped);
}

/** The name that a local part stands for, for people to read (XEP-0106). */
export function unescapeLocal(local: string): string {
  return local.replace(ESCAPE, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
