import { type Element, el, encodeOccupantId, encodeStanzaId, messageEl, NS } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { at, presence, ROOM, setUp, subject, tick } from './testing/room-world.js';

/** A stanza as the room stamps it (XEP-0421). */
const by = (id: string, stanza: Element): Element => ({
  ...stanza,
  children: [...stanza.children, encodeOccupantId(id)],
});
const said = (id: string, nick: string, text: string) =>
  by(
    id,
    messageEl(
      { from: at(nick), type: 'groupchat' },
      el('body', NS.client, {}, text),
      encodeStanzaId(text, ROOM),
    ),
  );
const own = ({ room }: ReturnType<typeof setUp>) =>
  room.talk.log.rows.filter((row) => row.own).map(({ text }) => text);

/** In the room as the occupant of that id. */
async function enter(world: ReturnType<typeof setUp>, id: string): Promise<void> {
  world.session.online();
  world.room.membership.join();
  world.session.hear(by(id, presence('anna', { statuses: [110] })));
  world.session.hear(subject());
  await tick();
}

test('what a guest said is theirs when they have signed in, on the next page too, and of nobody else', async () => {
  const first = setUp();
  await enter(first, 'guest');
  first.room.become();
  first.room.fresh();
  first.session.hear(by('mira', presence('anna', { statuses: [110] })));
  first.session.hear(said('guest', 'anna', 'as a guest'));
  expect(own(first)).toEqual(['as a guest']);

  const kept = JSON.parse(JSON.stringify(first.room.keep()));
  const next = setUp({ kept: { ...kept, rows: [] } });
  await enter(next, 'mira');
  for (const [id, text] of [
    ['guest', 'long ago'],
    ['mira', 'since then'],
    ['another', 'not mine'],
  ] as const) {
    next.session.hear(said(id, 'anna', text));
  }
  expect(own(next)).toEqual(['long ago', 'since then']);

  // Who leaves for good is nobody of before.
  next.room.leave();
  await enter(next, 'mira');
  next.session.hear(said('guest', 'anna', 'whose'));
  expect(own(next)).toEqual([]);
});

test('a page before that kept no such ids is gone on with', async () => {
  const first = setUp();
  await enter(first, 'guest');
  const { former, ...kept } = JSON.parse(JSON.stringify(first.room.keep()));
  expect(former).toEqual([]);
  const next = setUp({ kept });
  await enter(next, 'guest');
  next.session.hear(said('guest', 'anna', 'mine'));
  expect(own(next)).toEqual(['mine']);
});
