import {
  type AttrsInit,
  decodeStanzaError,
  type Element,
  el,
  encodeStanzaId,
  type Jid,
  type MessageType,
  messageEl,
  NS,
  parseBareJid,
  parseJid,
  presenceEl,
  type Stanza,
  stanzaError,
} from '@meerkat-chat/xmpp';
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { StanzaVerdict } from '../kernel/hooks.js';
import { type Logger, silentLogger } from '../kernel/logger.js';
import { defineModule, type Module, type ModuleContext } from '../kernel/module.js';
import { createTestKernel, type FakeSession, type TestKernel } from '../testing/index.js';
import { RECEIVING_BACKLOG } from './router.js';

const body = el('body', NS.client, {}, 'hark');
const message = (to: string | undefined, type?: string) =>
  el('message', NS.client, { to, type, id: 'm' }, body);
const presence = (attrs: AttrsInit = {}, priority?: string) =>
  el('presence', NS.client, attrs, priority !== undefined && el('priority', NS.client, {}, priority));
const iq = (to: string | undefined, type = 'get', name = 'query') =>
  el('iq', NS.client, { to, type, id: 'i' }, el(name, 'urn:test'));

function module(id: string, setup: (context: ModuleContext<object>) => void): Module {
  return defineModule({ id, xeps: [], settings: z.object({}), setup });
}

/** What came back: nothing, or the condition of the error, or what it was that was delivered. */
function told(session: FakeSession): string {
  const got = session.takes();
  if (got.length !== 1) return got.length === 0 ? 'nothing' : `${got.length} stanzas`;
  const [element] = got as [Element];
  return element.attrs.type === 'error' ? decodeStanzaError(element).condition : element.name;
}

let kernel: TestKernel;
let romeo: FakeSession;
/** Bound, in the order: available at 1, available at -1, available at 0, and one that never said. */
let juliets: FakeSession[];

async function world(...modules: Module[]): Promise<void> {
  const lines: object[] = [];
  const log: Logger = { ...silentLogger, error: (fields) => void lines.push(fields) };
  kernel = await createTestKernel({ modules, log });
  romeo = kernel.bind('romeo@localhost/orchard');
  juliets = ['one', 'minus', 'zero', 'quiet'].map((resource) => kernel.bind(`juliet@localhost/${resource}`));
  const [one, minus, zero] = juliets;
  one?.sends(presence({}, '1'));
  minus?.sends(presence({}, '-1'));
  zero?.sends(presence());
}

const reached = () => juliets.filter((juliet) => juliet.takes().length > 0).map((j) => j.jid.split('/')[1]);

beforeEach(() => world());

describe('where a message to an account goes (RFC 6121 section 8.5)', () => {
  const bare = 'juliet@localhost';
  test.each<[to: string, type: MessageType | 'made-up' | undefined, reached: string[], told: string]>([
    [bare, 'chat', ['one', 'zero'], 'nothing'],
    [bare, 'normal', ['one', 'zero'], 'nothing'],
    [bare, undefined, ['one', 'zero'], 'nothing'],
    [bare, 'made-up', ['one', 'zero'], 'nothing'],
    [bare, 'headline', ['one', 'zero'], 'nothing'],
    [bare, 'groupchat', [], 'service-unavailable'],
    [bare, 'error', [], 'nothing'],
    ['nobody@localhost', 'chat', [], 'service-unavailable'],
    ['nobody@localhost', 'normal', [], 'service-unavailable'],
    ['nobody@localhost', 'headline', [], 'nothing'],
    ['nobody@localhost', 'groupchat', [], 'service-unavailable'],
    ['nobody@localhost', 'error', [], 'nothing'],
    [`${bare}/minus`, 'chat', ['minus'], 'nothing'],
    [`${bare}/quiet`, 'chat', ['quiet'], 'nothing'],
    [`${bare}/quiet`, 'groupchat', ['quiet'], 'nothing'],
    [`${bare}/quiet`, 'error', ['quiet'], 'nothing'],
    ['JULIET@LocalHost/quiet', 'chat', ['quiet'], 'nothing'],
    [`${bare}/gone`, 'chat', ['one', 'zero'], 'nothing'],
    [`${bare}/gone`, 'normal', [], 'service-unavailable'],
    [`${bare}/gone`, 'groupchat', [], 'service-unavailable'],
    [`${bare}/gone`, 'headline', [], 'nothing'],
    [`${bare}/gone`, 'error', [], 'nothing'],
    ['nobody@localhost/gone', 'chat', [], 'service-unavailable'],
    ['localhost', 'chat', [], 'service-unavailable'],
    ['localhost', 'headline', [], 'nothing'],
    ['localhost/resource', 'chat', [], 'service-unavailable'],
    ['other.example', 'chat', [], 'remote-server-not-found'],
    ['rooms.localhost', 'error', [], 'nothing'],
    ['not a jid@', 'chat', [], 'jid-malformed'],
    ['@localhost', 'error', [], 'nothing'],
  ])('to %s, type %s: reaches %j, sender gets %s', (to, type, whom, answer) => {
    romeo.sends(message(to, type));
    expect(reached()).toEqual(whom);
    expect(told(romeo)).toBe(answer);
  });

  test('without an address it is for the sender’s own account', () => {
    romeo.sends(presence());
    romeo.sends(message(undefined, 'chat'));
    expect(romeo.receives().attrs).toMatchObject({ from: romeo.jid, to: romeo.account });
  });

  test('a session that became unavailable is passed over', () => {
    juliets[0]?.sends(presence({ type: 'unavailable' }));
    romeo.sends(message(bare, 'chat'));
    expect(reached()).toEqual(['zero']);
  });
});

describe('where a presence goes', () => {
  test.each([
    ['juliet@localhost', undefined, ['one', 'minus', 'zero'], 'nothing'],
    ['juliet@localhost', 'unavailable', ['one', 'minus', 'zero'], 'nothing'],
    ['juliet@localhost', 'subscribe', [], 'nothing'],
    ['juliet@localhost', 'probe', [], 'nothing'],
    ['juliet@localhost', 'error', [], 'nothing'],
    ['juliet@localhost/quiet', undefined, ['quiet'], 'nothing'],
    ['juliet@localhost/gone', undefined, [], 'nothing'],
    ['nobody@localhost', undefined, [], 'nothing'],
    ['localhost', undefined, [], 'nothing'],
    ['other.example', undefined, [], 'remote-server-not-found'],
    ['other.example', 'unavailable', [], 'nothing'],
    ['juliet@localhost', 'made-up', [], 'bad-request'],
    [undefined, 'subscribe', [], 'bad-request'],
    [undefined, 'probe', [], 'nothing'],
  ])('to %s, type %s: reaches %j, sender gets %s', (to, type, whom, answer) => {
    romeo.sends(presence({ to, type }));
    expect(reached()).toEqual(whom);
    expect(told(romeo)).toBe(answer);
  });

  test.each([
    ['-128', true],
    ['127', true],
    [' 5 ', true],
    ['-129', false],
    ['128', false],
    ['high', false],
    ['', false],
  ])('a priority of %j is taken: %s', (priority, taken) => {
    romeo.sends(presence({}, priority));
    expect(kernel.router.sessions.presence(romeo.jid) !== undefined).toBe(taken);
    expect(told(romeo)).toBe(taken ? 'nothing' : 'bad-request');
  });
});

describe('where an iq goes', () => {
  const answering = (at: 'account' | 'any' | 'domain' | 'own-account', name = 'query') =>
    module(`${at}-${name}`, (context) =>
      context.iq({ type: 'get', ns: 'urn:test', name, at, handle: () => ({ result: el(at, 'urn:test') }) }),
    );

  test.each([
    ['juliet@localhost/quiet', 'get', ['quiet'], 'nothing'],
    ['juliet@localhost/quiet', 'result', ['quiet'], 'nothing'],
    ['juliet@localhost/gone', 'get', [], 'service-unavailable'],
    ['juliet@localhost/gone', 'result', [], 'nothing'],
    ['juliet@localhost/gone', 'error', [], 'nothing'],
    ['juliet@localhost', 'set', [], 'service-unavailable'],
    ['juliet@localhost', 'result', [], 'nothing'],
    ['localhost', 'get', [], 'service-unavailable'],
    ['localhost', 'error', [], 'nothing'],
    [undefined, 'get', [], 'service-unavailable'],
    [undefined, 'result', [], 'nothing'],
    ['other.example', 'get', [], 'remote-server-not-found'],
    ['other.example', 'result', [], 'nothing'],
    ['a@@b', 'get', [], 'jid-malformed'],
    ['a@@b', 'result', [], 'nothing'],
    ['localhost', 'made-up', [], 'bad-request'],
  ])('to %s, type %s: reaches %j, sender gets %s', (to, type, whom, answer) => {
    romeo.sends(iq(to, type));
    expect(reached()).toEqual(whom);
    expect(told(romeo)).toBe(answer);
  });

  test.each([
    ['no id', el('iq', NS.client, { type: 'get' }, el('query', 'urn:test'))],
    ['no payload', el('iq', NS.client, { type: 'get', id: 'i' })],
    ['two payloads', el('iq', NS.client, { type: 'set', id: 'i' }, el('a', 'urn:a'), el('b', 'urn:b'))],
  ])('a request with %s is a bad request', (_, request) => {
    romeo.sends(request);
    expect(told(romeo)).toBe('bad-request');
  });

  test.each([
    ['localhost', 'domain'],
    ['localhost/resource', 'any'],
    ['juliet@localhost', 'account'],
    ['romeo@localhost', 'own-account'],
    [undefined, 'own-account'],
    ['rooms.localhost', 'any'],
  ])('to %s is answered by who answers for: %s', async (to, target) => {
    const rooms = module('rooms', (context) => void context.host('rooms', () => undefined));
    await world(answering('domain'), answering('account'), answering('own-account'), answering('any'), rooms);
    romeo.sends(iq(to));
    const answer = romeo.receives();
    expect(answer.attrs).toMatchObject({
      type: 'result',
      id: 'i',
      ...(to === undefined ? {} : { from: to }),
    });
    expect(answer.children).toEqual([el(target, 'urn:test')]);
  });

  test('an answer that takes its time holds back neither the next stanza nor its own acknowledgement for ever', async () => {
    let answer = (_: { result: undefined; settled?: Promise<void> }) => {};
    await world(
      module('slow', (context) =>
        context.iq({
          type: 'get',
          ns: 'urn:test',
          name: 'query',
          at: 'domain',
          handle: () =>
            new Promise((r) => {
              answer = r;
            }),
        }),
      ),
    );
    const settled = romeo.sends(iq('localhost'));
    expect(settled).toBeInstanceOf(Promise);
    expect(romeo.sends(message('juliet@localhost/one', 'chat'))).toBeUndefined();
    expect(reached()).toEqual(['one']);
    answer({ result: undefined });
    await settled;
    expect(romeo.receives().attrs).toMatchObject({ type: 'result', from: 'localhost' });
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('bug');
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('bug');
      },
    ],
  ])('a handler that %s is an internal error, once', async (_, handle) => {
    await world(
      module('bad', (c) => c.iq({ type: 'get', ns: 'urn:test', name: 'query', at: 'domain', handle })),
    );
    await romeo.sends(iq('localhost'));
    expect(told(romeo)).toBe('internal-server-error');
  });
});

describe('who it is from', () => {
  test.each([
    [undefined, true],
    ['romeo@localhost', true],
    ['romeo@localhost/orchard', true],
    ['Romeo@LOCALHOST/orchard', true],
    ['romeo@localhost/other', false],
    ['juliet@localhost', false],
    ['localhost', false],
    ['', false],
    ['not a jid@', false],
  ])('%j is accepted: %s', (from, accepted) => {
    romeo.sends(el('message', NS.client, { from, to: 'juliet@localhost/one', type: 'chat' }, body));
    const got = juliets[0]?.takes().map((element) => element.attrs.from);
    expect(got).toEqual(accepted ? [romeo.jid] : []);
    expect(romeo.ended).toEqual(accepted ? undefined : { why: 'kicked', streamError: 'invalid-from' });
  });
});

describe('what modules make of a stanza', () => {
  type Asked = { readonly stanza: Stanza };
  type Verdict = StanzaVerdict | undefined;
  /** A module that judges messages, and lets the presences pass by which the world comes to be. */
  const hooked = (
    name: 'stanza:receiving' | 'stanza:sent',
    judge: (asked: Asked) => Verdict | Promise<Verdict>,
  ) =>
    world(
      module('hook', (context) =>
        context.on(name, (asked) => (asked.stanza.kind === 'message' ? judge(asked) : undefined)),
      ),
    );
  const hello = () => message('juliet@localhost/one', 'chat');

  describe.each(['stanza:sent', 'stanza:receiving'] as const)('%s', (name) => {
    test('refused: the sender is told, and nobody else hears of it', async () => {
      await hooked(name, () => ({ verdict: 'refuse', error: stanzaError('policy-violation') }));
      romeo.sends(hello());
      expect(reached()).toEqual([]);
      expect(told(romeo)).toBe('policy-violation');
    });

    test('refused, but an error itself: nobody is told', async () => {
      await hooked(name, () => ({ verdict: 'refuse', error: stanzaError('policy-violation') }));
      romeo.sends(message('juliet@localhost/one', 'error'));
      expect(reached()).toEqual([]);
      expect(told(romeo)).toBe('nothing');
    });

    test('handled: it goes no further, and is settled when the module says', async () => {
      const settled = Promise.resolve();
      await hooked(name, () => ({ verdict: 'handled', settled }));
      expect(romeo.sends(hello())).toBe(settled);
      expect(reached()).toEqual([]);
      expect(told(romeo)).toBe('nothing');
    });

    test('replaced: the other goes on', async () => {
      await hooked(name, (payload) => ({
        verdict: 'replace',
        stanza: {
          ...payload.stanza,
          el: el('message', NS.client, { ...payload.stanza.el.attrs, id: 'other' }),
        },
      }));
      romeo.sends(hello());
      expect(juliets[0]?.receives()).toMatchObject({ attrs: { id: 'other' }, children: [] });
    });

    test.each([
      [
        'at once',
        () => {
          throw new Error('bug');
        },
      ],
      [
        'later',
        async () => {
          throw new Error('bug');
        },
      ],
    ])('a handler that throws %s fails that stanza and no other', async (_, handler) => {
      let broken = true;
      await hooked(name, () => (broken ? handler() : undefined));
      await romeo.sends(hello());
      expect(told(romeo)).toBe('internal-server-error');
      expect(reached()).toEqual([]);
      broken = false;
      romeo.sends(hello());
      expect(reached()).toEqual(['one']);
    });

    test('nothing overtakes a stanza that is waited for', async () => {
      let decide = () => {};
      const first = new Promise<undefined>((resolve) => {
        decide = () => resolve(undefined);
      });
      let asked = 0;
      await hooked(name, () => (asked++ === 0 ? first : undefined));
      const all = ['a', 'b', 'c'].map((id) =>
        romeo.sends(el('message', NS.client, { to: 'juliet@localhost/one', id })),
      );
      expect(reached()).toEqual([]);
      decide();
      await Promise.all(all);
      expect(juliets[0]?.takes().map((element) => element.attrs.id)).toEqual(['a', 'b', 'c']);
      expect(kernel.router.stats().waiting).toBe(0);
    });
  });

  test('what waits for one account has a bound', async () => {
    let decide = () => {};
    const gate = new Promise<undefined>((resolve) => {
      decide = () => resolve(undefined);
    });
    await hooked('stanza:receiving', () => gate);
    const waiting = Array.from({ length: RECEIVING_BACKLOG }, () => romeo.sends(hello()));
    expect(told(romeo)).toBe('nothing');
    expect(romeo.sends(hello())).toBeUndefined();
    expect(told(romeo)).toBe('resource-constraint');
    decide();
    await Promise.all(waiting);
    expect(juliets[0]?.takes()).toHaveLength(RECEIVING_BACKLOG);
    expect(kernel.router.stats().waiting).toBe(0);
  });

  test('what a module writes to disk holds back the acknowledgement, not the next stanza', async () => {
    let written = () => {};
    const settled = new Promise<void>((resolve) => {
      written = resolve;
    });
    await world(module('rooms', (context) => void context.host('rooms', () => ({ handled: true, settled }))));
    expect(romeo.sends(message('a@rooms.localhost', 'groupchat'))).toBe(settled);
    romeo.sends(message('juliet@localhost/one', 'chat'));
    expect(reached()).toEqual(['one']);
    written();
    await settled;
  });

  test('a host that throws is an internal error; one that takes nothing leaves the defaults', async () => {
    await world(
      module(
        'bad',
        (context) =>
          void context.host('bad', () => {
            throw new Error('bug');
          }),
      ),
      module('idle', (context) => void context.host('idle', () => undefined)),
    );
    for (const [to, answer] of [
      ['bad.localhost', 'internal-server-error'],
      ['a@idle.localhost/nick', 'service-unavailable'],
    ] as const) {
      romeo.sends(message(to, 'chat'));
      expect(told(romeo)).toBe(answer);
      romeo.sends(iq(to));
      expect(told(romeo)).toBe(answer);
      romeo.sends(message(to, 'error'));
      expect(told(romeo)).toBe('nothing');
    }
  });
});

describe('what modules send', () => {
  test('reaches a session, is asked about, and bounces to where it came from', async () => {
    const bounced: string[] = [];
    let context: ModuleContext<object> | undefined;
    await world(
      module('rooms', (given) => {
        context = given;
        given.host('rooms', (stanza) => {
          bounced.push(`${stanza.from} ${decodeStanzaError(stanza.el).condition}`);
          return { handled: true };
        });
      }),
    );
    const from = 'a@rooms.localhost' as Jid;
    context?.outlet.send(messageEl({ from, to: romeo.jid, type: 'groupchat' }, body));
    expect(romeo.receives().attrs.from).toBe(from);
    context?.outlet.send(messageEl({ from, to: 'nobody@localhost/x' as Jid, type: 'chat' }, body));
    expect(bounced).toEqual(['nobody@localhost/x service-unavailable']);
    // An error about an error would go round for ever.
    context?.outlet.send(messageEl({ from, to: 'nobody@localhost/x' as Jid, type: 'error' }, body));
    context?.outlet.send(
      messageEl({ from: 'nobody@localhost/x' as Jid, to: 'nobody@localhost/y' as Jid }, body),
    );
    expect(bounced).toHaveLength(1);
  });

  test('without addresses it is a bug, logged and dropped', async () => {
    let context: ModuleContext<object> | undefined;
    await world(
      module('m', (given) => {
        context = given;
      }),
    );
    context?.outlet.send(messageEl({ to: romeo.jid }, body));
    context?.outlet.send(messageEl({ from: romeo.jid }, body));
    expect(told(romeo)).toBe('nothing');
  });
});

describe('the life of a session', () => {
  const steps: string[] = [];
  const watching = module('watching', (context) => {
    steps.length = 0;
    context.on('session:bound', ({ session }) => void steps.push(`bound ${session.jid}`));
    context.on('session:ended', ({ session, why }) => void steps.push(`ended ${session.jid} ${why}`));
    context.on(
      'presence:changed',
      ({ session, presence: now }) => void steps.push(`${session.jid} ${now ? 'available' : 'unavailable'}`),
    );
  });

  test('is told in order, and unavailable only once', async () => {
    kernel = await createTestKernel({ modules: [watching] });
    romeo = kernel.bind('romeo@localhost/orchard');
    romeo.sends(presence({ type: 'unavailable' }));
    romeo.sends(presence());
    romeo.sends(presence({ type: 'unavailable' }));
    romeo.sends(presence());
    romeo.end('lost');
    expect(steps.map((step) => step.replace(romeo.jid, '').trim())).toEqual([
      'bound',
      'available',
      'unavailable',
      'available',
      'unavailable',
      'ended  lost',
    ]);
    expect(kernel.router.stats()).toEqual({ sessions: 0, waiting: 0 });
    expect(kernel.router.sessions.of(romeo.account)).toEqual([]);
  });

  test('who has gone but still has something under way broadcasts no more', async () => {
    let decide = () => {};
    const gate = new Promise<undefined>((resolve) => {
      decide = () => resolve(undefined);
    });
    await world(
      watching,
      module('gate', (context) => context.on('stanza:sent', () => gate)),
    );
    const sent = romeo.sends(presence());
    romeo.end('closed');
    decide();
    await sent;
    expect(steps.filter((step) => step.startsWith(romeo.jid))).toEqual([]);
  });

  test('a late end of a session whose address has a new owner leaves the new one alone', () => {
    romeo.end('replaced');
    const again = kernel.bind(romeo.jid);
    kernel.router.ended(romeo, 'replaced', []);
    expect(kernel.router.sessions.get(again.jid)).toBe(again);
  });

  test('one address is bound once', () => {
    expect(() => kernel.bind(romeo.jid)).toThrow('bound already');
  });
});

describe('what an ended session did not acknowledge', () => {
  const lost = (element: Element) => {
    const [one] = juliets;
    romeo.sends(element);
    for (const juliet of juliets.slice(1)) juliet.takes();
    one?.end('expired');
  };

  test.each([
    ['a chat to it goes to the others', message('juliet@localhost/one', 'chat'), ['zero'], 'nothing'],
    ['one to the account they have already', message('juliet@localhost', 'chat'), [], 'nothing'],
    ['any other message bounces', message('juliet@localhost/one'), [], 'recipient-unavailable'],
    ['a request bounces', iq('juliet@localhost/one'), [], 'service-unavailable'],
    ['a result does not', iq('juliet@localhost/one', 'result'), [], 'nothing'],
    ['nor does what a room said', message('juliet@localhost/one', 'groupchat'), [], 'nothing'],
    ['nor a headline', message('juliet@localhost/one', 'headline'), [], 'nothing'],
    ['nor an error', message('juliet@localhost/one', 'error'), [], 'nothing'],
    ['nor a presence', presence({ to: 'juliet@localhost/one' }), [], 'nothing'],
  ])('%s', (_, element, whom, answer) => {
    lost(element);
    expect(reached()).toEqual(whom);
    expect(told(romeo)).toBe(answer);
  });

  test.each([['juliet@localhost/one'], ['juliet@localhost']])(
    'a chat to %s bounces where nobody else is there',
    (to) => {
      juliets[2]?.end('closed');
      lost(message(to, 'chat'));
      expect(told(romeo)).toBe('recipient-unavailable');
    },
  );

  test.each([['juliet@localhost/one'], ['juliet@localhost']])(
    'a chat to %s that the archive has does not bounce: it is found there later',
    (to) => {
      juliets[2]?.end('closed');
      const id = encodeStanzaId('a-1', parseBareJid('juliet@localhost') as Jid);
      lost(messageEl({ to: parseJid(to) as Jid, type: 'chat' }, body, id));
      expect(told(romeo)).toBe('nothing');
      romeo.sends(messageEl({ to: parseJid(to) as Jid, type: 'chat' }, body, id));
      expect(told(romeo)).toBe('nothing');
    },
  );

  test('what is no stanza is dropped', () => {
    kernel.router.ended(romeo, 'lost', [
      '<broken',
      '',
      '<r xmlns="urn:xmpp:sm:3"/>',
      '<message xmlns="jabber:client"/>',
    ]);
    expect(kernel.router.sessions.get(romeo.jid)).toBeUndefined();
  });

  test('a private word in a room is not for the account’s other sessions', async () => {
    const bounced: string[] = [];
    await world(
      module(
        'rooms',
        (context) =>
          void context.host('rooms', (stanza) => {
            bounced.push(decodeStanzaError(stanza.el).condition);
            return { handled: true };
          }),
      ),
    );
    const from = 'a@rooms.localhost/nick' as Jid;
    kernel.router.send(presenceEl({ from, to: juliets[0]?.jid as Jid }));
    kernel.router.send(messageEl({ from, to: juliets[0]?.jid as Jid, type: 'chat' }, body));
    juliets[0]?.end('expired');
    expect(reached()).toEqual([]);
    expect(bounced).toEqual(['recipient-unavailable']);
  });
});
