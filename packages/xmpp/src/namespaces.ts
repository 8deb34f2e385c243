/** Namespaces of the wire, each named once; read as `NS.client`. Constants, so that a bundle holds those it uses. */

export const client = 'jabber:client' as const;
export const streams = 'http://etherx.jabber.org/streams' as const;
export const streamErrors = 'urn:ietf:params:xml:ns:xmpp-streams' as const;
export const stanzaErrors = 'urn:ietf:params:xml:ns:xmpp-stanzas' as const;
export const framing = 'urn:ietf:params:xml:ns:xmpp-framing' as const;
export const sasl = 'urn:ietf:params:xml:ns:xmpp-sasl' as const;
export const bind = 'urn:ietf:params:xml:ns:xmpp-bind' as const;
export const session = 'urn:ietf:params:xml:ns:xmpp-session' as const;
export const sasl2 = 'urn:xmpp:sasl:2' as const;
export const bind2 = 'urn:xmpp:bind:0' as const;
export const fast = 'urn:xmpp:fast:0' as const;
export const sm = 'urn:xmpp:sm:3' as const;
export const streamLimits = 'urn:xmpp:stream-limits:0' as const;
export const httpBind = 'http://jabber.org/protocol/httpbind' as const;
export const xbosh = 'urn:xmpp:xbosh' as const;
export const discoInfo = 'http://jabber.org/protocol/disco#info' as const;
export const discoItems = 'http://jabber.org/protocol/disco#items' as const;
export const ping = 'urn:xmpp:ping' as const;
export const delay = 'urn:xmpp:delay' as const;
export const forward = 'urn:xmpp:forward:0' as const;
export const dataForms = 'jabber:x:data' as const;
/** XEP-0077. */
export const register = 'jabber:iq:register' as const;
/** The stream feature of XEP-0077 section 8. */
export const registerFeature = 'http://jabber.org/features/iq-register' as const;
export const rsm = 'http://jabber.org/protocol/rsm' as const;
export const mam = 'urn:xmpp:mam:2' as const;
export const mamExtended = 'urn:xmpp:mam:2#extended' as const;
export const stanzaId = 'urn:xmpp:sid:0' as const;
export const occupantId = 'urn:xmpp:occupant-id:0' as const;
export const muc = 'http://jabber.org/protocol/muc' as const;
export const mucUser = 'http://jabber.org/protocol/muc#user' as const;
export const mucAdmin = 'http://jabber.org/protocol/muc#admin' as const;
export const mucOwner = 'http://jabber.org/protocol/muc#owner' as const;
export const mucSelfPing = 'http://jabber.org/protocol/muc#self-ping-optimization' as const;
/** Ours: see docs/namespaces.md. */
export const roomOccupants = 'urn:meerkat:occupants:0' as const;
/** Ours: see docs/namespaces.md. */
export const webStatus = 'urn:meerkat:status:0' as const;
/** Ours: see docs/namespaces.md. */
export const avatar = 'urn:meerkat:avatar:0' as const;
export const chatStates = 'http://jabber.org/protocol/chatstates' as const;
export const hints = 'urn:xmpp:hints' as const;
export const carbons = 'urn:xmpp:carbons:2' as const;
export const receipts = 'urn:xmpp:receipts' as const;
/** Ours: see docs/namespaces.md. */
export const contact = 'urn:meerkat:contact:0' as const;
/** Ours: see docs/namespaces.md. */
export const guest = 'urn:meerkat:guest:0' as const;
export const xml = 'http://www.w3.org/XML/1998/namespace' as const;
