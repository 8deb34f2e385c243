import type { ChatAuth } from './chat.js';

/** How a chat finds its server and signs in. Everything has a default that suits a page served by the server itself. */
export interface ChatOptions {
  /** The server's origin, `https://chat.example`: endpoints are learnt from its host-meta (XEP-0156). Default: the page's own. */
  readonly server?: string;
  /** Endpoint of RFC 7395, instead of the one that host-meta names. */
  readonly websocket?: string;
  /** Endpoint of XEP-0206, instead of the one that host-meta names. */
  readonly bosh?: string;
  /** The XMPP domain. Default: what the server says, else the host name of `server`. */
  readonly domain?: string;
  /** Where rooms without an address of their own live. Default: `rooms.` and the domain. */
  readonly roomsHost?: string;
  /** Who signs in; a guest by default. */
  readonly auth?: ChatAuth;
  /** How many messages a room holds, from 1 to 500; 500 by default. */
  readonly historyLimit?: number;
  /** Who is writing: told only in rooms with at most so many occupants (30 by default, 0 tells nobody). */
  readonly typing?: { readonly maxOccupants?: number };
}
