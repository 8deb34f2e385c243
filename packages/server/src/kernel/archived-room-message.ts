import { encodeOccupantId, NS, serialize } from '@meerkat-chat/xmpp';

/** Whose message it is: the room puts that last, and only its own stanza-id behind it. Nobody can write `<` in a text. */
const OCCUPANT = /<occupant-id [^<>]*\bid="([^"<>]*)"[^<>]*\/>(?:<stanza-id [^<>]*\/>)?<\/message>$/;

/** The occupant who said a message of a room, as it is archived (XEP-0421); undefined where nobody did. */
export function occupantOf(xml: string): string | undefined {
  return OCCUPANT.exec(xml)?.[1];
}

/** What stands in the text of every message that an occupant said, and perhaps in others: see `occupantOf`. */
export function wordOfOccupant(occupantId: string): string {
  return serialize(encodeOccupantId(occupantId), NS.client);
}
