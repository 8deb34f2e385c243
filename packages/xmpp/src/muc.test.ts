import { describe, expect, test } from 'vitest';
import { type Jid, parseJid } from './jid.js';
import { decodeMucJoin, decodeMucUser, encodeMucJoin } from './muc.js';
import { encodeMucUser } from './muc-write.js';
import { NS } from './ns.js';
import { el } from './xml/element.js';

const presence = (x: ReturnType<typeof el>) => el('presence', NS.client, {}, x);
const jid = parseJid('a@example/r') as Jid;

describe('muc join', () => {
  test('is read back', () => {
    const join = {
      password: 'secret',
      history: { maxStanzas: 0, maxChars: undefined, seconds: 60, since: Date.UTC(2026, 0, 1) },
    };
    expect(decodeMucJoin(presence(encodeMucJoin(join)))).toEqual(join);
  });

  test('a presence without it asks for nothing', () => {
    expect(decodeMucJoin(el('presence', NS.client))).toBeUndefined();
    expect(decodeMucJoin(presence(encodeMucJoin()))).toEqual({});
  });

  test('malformed numbers are left out', () => {
    const x = el(
      'x',
      NS.muc,
      {},
      el('history', NS.muc, { maxstanzas: '-1', seconds: '1e9', since: 'today' }),
    );
    expect(decodeMucJoin(presence(x))?.history).toEqual({});
  });
});

describe('muc user', () => {
  test('is read back', () => {
    const user = {
      item: {
        affiliation: 'member' as const,
        role: 'none' as const,
        jid,
        nick: 'new',
        actor: { nick: 'boss', jid: undefined },
        reason: 'because',
      },
      statuses: [110, 307],
      destroy: undefined,
    };
    expect(decodeMucUser(presence(encodeMucUser(user)))).toEqual(user);
    const gone = { statuses: [], destroy: { alternate: undefined, reason: 'closed' }, item: undefined };
    expect(decodeMucUser(presence(encodeMucUser(gone)))).toEqual(gone);
  });

  test('unknown roles, affiliations and codes are left out', () => {
    const x = el(
      'x',
      NS.mucUser,
      {},
      el('item', NS.mucUser, { role: 'king', affiliation: 'constructor', jid: '@' }),
      el('status', NS.mucUser, { code: 'x' }),
    );
    expect(decodeMucUser(presence(x))).toEqual({ item: {}, statuses: [] });
  });

  test('a stanza without it says nothing', () => {
    expect(decodeMucUser(el('presence', NS.client))).toBeUndefined();
  });
});
