import { chatStateOf, child, type Element, NS } from '@meerkat-chat/xmpp';
import { FakeClock, SeededRandom } from '@meerkat-chat/xmpp/testing';
import { describe, expect, test, vi } from 'vitest';
import type { Occupant } from '../chat.js';
import { MAX_TYPING, RoomTyping, TYPING_KEPT, TYPING_PAUSE, TYPING_TOLD } from './room-typing.js';
import { bare } from './testing/scripted-session.js';

const ANNA: Occupant = { nick: 'anna', role: 'participant', affiliation: 'none', self: true };

/** Somebody in a room of three, in which at most three may be told. */
function setUp() {
  const clock = new FakeClock();
  const sent: Element[] = [];
  const at = { occupant: ANNA as Occupant | undefined, online: true, count: 3 };
  const touch = vi.fn();
  const typing = new RoomTyping({
    env: { clock, random: new SeededRandom() },
    online: () => at.online,
    send: (stanza) => sent.push(stanza),
    typingOccupants: 3,
    jid: () => bare('lobby@rooms.example'),
    touch,
    occupant: () => at.occupant,
    count: () => at.count,
  });
  const states = () => sent.splice(0).map(chatStateOf);
  return { typing, clock, sent, states, at, touch };
}

describe('the others', () => {
  test('are forgotten after a while without a word of it, each by themselves', () => {
    const { typing, clock } = setUp();
    typing.hear('bob', true);
    clock.advance(TYPING_KEPT - 1);
    typing.hear('bob', true);
    typing.hear('eve', true);
    expect(typing.nicks).toEqual(['bob', 'eve']);
    clock.advance(TYPING_KEPT - 1);
    expect(typing.nicks).toEqual(['bob', 'eve']);
    typing.hear('eve', true);
    clock.advance(1);
    expect(typing.nicks).toEqual(['eve']);
  });

  test('are the same list as long as nothing changes', () => {
    const { typing, touch } = setUp();
    typing.hear('bob', true);
    const { nicks } = typing;
    typing.hear('bob', true);
    typing.hear('eve', false);
    typing.forget('eve');
    expect(typing.nicks).toBe(nicks);
    expect(touch).toHaveBeenCalledOnce();
  });

  test('are not ourselves, and nobody while we are not in', () => {
    const { typing, at } = setUp();
    typing.hear('anna', true);
    at.occupant = undefined;
    typing.hear('bob', true);
    expect(typing.nicks).toEqual([]);
  });

  test('are bounded, and one who goes makes room', () => {
    const { typing } = setUp();
    for (let n = 0; n <= MAX_TYPING; n++) typing.hear(`n${n}`, true);
    expect(typing.nicks).toHaveLength(MAX_TYPING);
    expect(typing.nicks).not.toContain(`n${MAX_TYPING}`);
    typing.hear('n0', false);
    typing.hear(`n${MAX_TYPING}`, true);
    expect(typing.nicks.at(-1)).toBe(`n${MAX_TYPING}`);
  });

  test('leave no timers behind when the room is lost', () => {
    const { typing, clock } = setUp();
    typing.hear('bob', true);
    typing.write(true);
    typing.reset();
    expect([typing.nicks, clock.pending]).toEqual([[], 0]);
  });
});

describe('we', () => {
  test('are told of at most so often, however fast we write', () => {
    const { typing, clock, states } = setUp();
    for (let second = 0; second < TYPING_TOLD / 1_000; second++) {
      typing.write(true);
      clock.advance(second === 0 ? 999 : 1_000);
    }
    typing.write(true);
    expect(states()).toEqual(['composing']);
    clock.advance(1);
    typing.write(true);
    expect(states()).toEqual(['composing']);
  });

  test('pause, and go on, within the same bound', () => {
    const { typing, clock, states } = setUp();
    typing.write(true);
    clock.advance(TYPING_PAUSE - 1);
    expect(states()).toEqual(['composing']);
    clock.advance(1);
    expect(states()).toEqual(['paused']);
    typing.write(true);
    expect(states()).toEqual([]);
    clock.advance(TYPING_TOLD - TYPING_PAUSE);
    typing.write(true);
    expect(states()).toEqual(['composing']);
  });

  test('are active when nothing is written any more, told once', () => {
    const { typing, clock, states } = setUp();
    typing.write(false);
    expect(states()).toEqual([]);
    typing.write(true);
    typing.write(false);
    typing.write(false);
    clock.advance(TYPING_PAUSE);
    expect(states()).toEqual(['composing', 'active']);
  });

  test('ask that nobody keeps it', () => {
    const { typing, sent } = setUp();
    typing.write(true);
    expect(sent.map(({ attrs }) => [attrs.to, attrs.type])).toEqual([['lobby@rooms.example', 'groupchat']]);
    const [stanza] = sent;
    expect(stanza && child(stanza, 'no-store', NS.hints)).toBeDefined();
  });

  test.each([
    ['a larger room', { count: 4 }],
    ['a room where we may only read', { occupant: { ...ANNA, role: 'visitor' } }],
    ['a room that we are not in', { occupant: undefined }],
    ['no connection', { online: false }],
  ] as const)('say nothing to %s', (_, change) => {
    const { typing, at, states, clock } = setUp();
    typing.write(true);
    expect(states()).toEqual(['composing']);
    Object.assign(at, change);
    clock.advance(TYPING_TOLD);
    typing.write(true);
    typing.write(false);
    expect(states()).toEqual([]);
  });
});
