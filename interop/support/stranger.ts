/** Somebody with a client that is not ours, by what a person does with it. */
export interface Stranger {
  /** The full address, once signed in. */
  readonly jid: string;
  /** The SASL mechanism that the client chose. */
  mechanism(): Promise<string>;
  /** Enters a room; fulfils when the room says that it is done (status 110). @param room its bare address */
  join(room: string, nick: string): Promise<void>;
  /** Says something in a room. */
  say(room: string, text: string): Promise<void>;
  /** Says something to one person. */
  tell(jid: string, text: string): Promise<void>;
  /** Waits for a message with that text. */
  hears(text: string): Promise<void>;
  /** The texts of all messages so far, in order. */
  heard(): Promise<readonly string[]>;
  /** Waits for somebody of that nick to come into a room. */
  sees(room: string, nick: string): Promise<void>;
  /** How often somebody of that nick was seen to leave. */
  departures(room: string, nick: string): Promise<number>;
  /** Signs out, in order. */
  leave(): Promise<void>;
}

/** Who signs in, and where. Without an account it is a guest. */
export interface Arrival {
  readonly service: string;
  readonly account?: { readonly name: string; readonly password: string };
}

/** A client could not sign in. */
export class SignInError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'SignInError';
  }
}

export const DOMAIN = 'localhost';
export const MUC = 'http://jabber.org/protocol/muc';
