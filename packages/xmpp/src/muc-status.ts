/** Status codes of `<x xmlns='…muc#user'/>` (XEP-0045 section 15.6.2) by what they say. */
export const MUC_STATUS = {
  /** Everybody in the room can see your address. */
  nonAnonymous: 100,
  /** The configuration has changed. */
  configChanged: 104,
  /** This presence is your own. */
  self: 110,
  /** The room was made for you. */
  created: 201,
  /** The service has changed the nick that you asked for. */
  nickModified: 210,
  banned: 301,
  nickChange: 303,
  kicked: 307,
  /** Removed because of a change of affiliation. */
  affiliationLost: 321,
  /** Removed because the room is for members only now. */
  membersOnly: 322,
  /** Removed because the service ends. */
  shutdown: 332,
  /** Removed because of an error, such as a lost connection. */
  error: 333,
} as const;
