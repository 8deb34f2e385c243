import {
  bareOf,
  bodyOf,
  type Element,
  el,
  isBare,
  type Message,
  messageEl,
  NS,
  stanzaError,
} from '@meerkat-chat/xmpp';
import { expect, test, vi } from 'vitest';
import type { HookHandler, RoomMessage, RoomMessageVerdict } from '../../kernel/hooks.js';
import { at, createRoomScene, heard, type RoomScene } from '../../testing/room-scene.js';

type Filter = HookHandler<'room:message'>;

/** A room with romeo, who made it, and juliet, and the given filters. */
async function room(...filters: readonly Filter[]) {
  const scene = await createRoomScene();
  const romeo = await scene.enter('romeo');
  const juliet = await scene.enter('juliet');
  romeo.takes();
  for (const [index, filter] of filters.entries()) listen(scene, `filter-${index}`, filter);
  return { scene, romeo, juliet };
}

function listen(scene: RoomScene, id: string, filter: Filter): void {
  scene.kernel.registry.hooks.on(id, 'room:message', filter);
}

const body = (text: string): Element => el('body', NS.client, {}, text);
const says = (message: Message): string => bodyOf(message) ?? '';

/** An answer that a test gives when it likes, told apart by what is said. */
function later() {
  const asked: string[] = [];
  const answers = new Map<string, (verdict: RoomMessageVerdict | undefined) => void>();
  const filter: Filter = ({ message }) => {
    asked.push(says(message));
    return new Promise((resolve) => answers.set(says(message), resolve));
  };
  const answer = (text: string, verdict?: RoomMessageVerdict): void => answers.get(text)?.(verdict);
  return { filter, asked, answer };
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test('a filter learns who says what in which room, since when and with which rights', async () => {
  let told: RoomMessage | undefined;
  const { scene, juliet } = await room((payload) => {
    told = payload;
  });
  const joinedAt = scene.kernel.clock.now();
  scene.kernel.clock.advance(5000);
  await scene.says(juliet, 'hi');
  expect(told?.room).toBe(scene.room);
  expect(told?.message.from).toBe(juliet.jid);
  expect(told?.occupant).toMatchObject({
    account: juliet.account,
    nick: 'juliet',
    role: 'participant',
    affiliation: 'none',
    joinedAt,
  });
  expect(told?.occupant.id).not.toBe('');
  expect(heard(juliet)).toEqual(['juliet: hi']);
});

test('moderators are asked about, private messages and subjects are not', async () => {
  const asked: string[] = [];
  const { scene, romeo } = await room(({ message, occupant }) => {
    asked.push(`${occupant.role} ${says(message)}`);
  });
  await scene.subject(romeo, 'hush');
  await romeo.sends(messageEl({ to: at('juliet'), type: 'chat' }, body('psst')));
  await scene.says(romeo, 'hi');
  expect(asked).toEqual(['moderator hi']);
});

test('other content takes the place of what was said, for everybody, the archive and the next filter', async () => {
  const seen: string[] = [];
  const { scene, romeo, juliet } = await room(
    ({ message }) => ({ verdict: 'replace', content: [body(says(message).replace('damn', '****'))] }),
    ({ message }) => void seen.push(says(message)),
  );
  await scene.says(juliet, 'damn!', [el('x', 'urn:secret')]);
  expect(seen).toEqual(['****!']);
  const [message] = romeo.takes();
  expect(message?.children).not.toContainEqual(expect.objectContaining({ ns: 'urn:secret' }));
  expect(heard(juliet)).toEqual(['juliet: ****!']);
  const archive = bareOf(scene.room);
  const page = isBare(archive) && (await scene.kernel.storage.archive.query({ archive, max: 5 }));
  const kept = expect.objectContaining({ xml: expect.stringContaining('<body>****!</body>') });
  expect(page).toMatchObject({ found: true, entries: [kept] });
  const late = await scene.enter('late', { keep: true });
  expect(heard(late)).toContain('past juliet: ****!');
});

test('what a filter puts in is still cleaned of what only the room may say', async () => {
  const forged = el('occupant-id', NS.occupantId, { id: 'forged' });
  const { scene, romeo, juliet } = await room(() => ({ verdict: 'replace', content: [body('x'), forged] }));
  await scene.says(juliet, 'y');
  expect(JSON.stringify(romeo.takes())).not.toContain('forged');
});

test('who is refused is told why, and nobody else hears anything, nor is another filter asked', async () => {
  const { scene, romeo, juliet } = await room(
    ({ occupant }) =>
      occupant.role === 'moderator'
        ? undefined
        : { verdict: 'refuse', error: stanzaError('forbidden', 'slow') },
    ({ occupant }) => (occupant.role === 'moderator' ? undefined : expect.unreachable()),
  );
  await scene.says(juliet, 'no');
  await scene.says(romeo, 'yes');
  expect(heard(juliet)).toEqual(['!forbidden', 'romeo: yes']);
  expect(heard(romeo)).toEqual(['romeo: yes']);
});

test('what is held back is told when it is let go, once, and is settled as its holder says', async () => {
  const held: (() => boolean)[] = [];
  let keep: () => void = () => {};
  const { scene, romeo, juliet } = await room(() => ({
    verdict: 'hold',
    hold: (release) => {
      held.push(release);
      return new Promise<void>((resolve) => {
        keep = resolve;
      });
    },
  }));
  let settled = false;
  const said = scene.says(juliet, 'held').then(() => {
    settled = true;
  });
  await settle();
  expect([held.length, settled]).toEqual([1, false]);
  keep();
  await said;
  expect(heard(romeo)).toEqual([]);
  expect(held[0]?.()).toBe(true);
  expect(held[0]?.()).toBe(false);
  await settle();
  expect(heard(romeo)).toEqual(['juliet: held']);
  expect(heard(juliet)).toEqual(['juliet: held']);
});

test('what is held back is not told for somebody who has left, or was muted', async () => {
  const held: (() => boolean)[] = [];
  const { scene, romeo, juliet } = await room(({ occupant }) =>
    occupant.nick === 'romeo' ? undefined : { verdict: 'hold', hold: (release) => void held.push(release) },
  );
  const benvolio = await scene.enter('benvolio');
  await scene.says(juliet, 'one');
  await scene.says(benvolio, 'two');
  juliet.end('closed');
  await scene.rules(romeo, { nick: 'benvolio', role: 'visitor' });
  romeo.takes();
  expect(held.map((release) => release())).toEqual([false, false]);
  await settle();
  expect(heard(romeo)).toEqual([]);
});

test('messages of one sender stay in order behind a filter that waits, and others do not wait for them', async () => {
  const { filter, asked, answer } = later();
  const { scene, romeo, juliet } = await room((payload) =>
    payload.occupant.nick === 'romeo' ? undefined : filter(payload),
  );
  const said = ['one', 'two'].map((text) => scene.says(juliet, text));
  await scene.says(romeo, 'meanwhile');
  // The second is asked about when the first is through: a filter that counts sees them in order, too.
  expect(asked).toEqual(['one']);
  expect(heard(romeo)).toEqual(['romeo: meanwhile']);
  expect(scene.kernel.stats()['muc.filtered']).toBe(1);
  answer('one');
  await settle();
  expect(asked).toEqual(['one', 'two']);
  answer('two');
  await Promise.all(said);
  expect(heard(romeo)).toEqual(['juliet: one', 'juliet: two']);
  expect(scene.kernel.stats()['muc.filtered']).toBe(0);
});

test.each([
  ['left', '!not-acceptable'],
  ['muted', '!forbidden'],
])('a message whose sender has been %s while the filter waited is refused', async (what, error) => {
  const { filter, answer } = later();
  const { scene, romeo, juliet } = await room(filter);
  const said = scene.says(juliet, 'late');
  await scene.rules(romeo, { nick: 'juliet', role: what === 'left' ? 'none' : 'visitor' });
  romeo.takes();
  juliet.takes();
  answer('late');
  await said;
  expect(heard(juliet)).toEqual([error]);
  expect(heard(romeo)).toEqual([]);
});

test.each([
  ['later', () => Promise.reject(new Error('bug'))],
  [
    'at once',
    () => {
      throw new Error('bug');
    },
  ],
  [
    'when it is to hold',
    (): RoomMessageVerdict => ({
      verdict: 'hold',
      hold: () => {
        throw new Error('bug');
      },
    }),
  ],
] as const)(
  'a filter that throws %s fails that message, and the next one goes through',
  async (_, broken) => {
    let asked = 0;
    const { scene, romeo, juliet } = await room(() => (asked++ === 0 ? broken() : undefined));
    await scene.says(juliet, 'one');
    await scene.says(juliet, 'two');
    expect(heard(juliet)).toEqual(['!internal-server-error', 'juliet: two']);
    expect(heard(romeo)).toEqual(['juliet: two']);
  },
);

test('where nobody listens nothing is asked, made or waited for', async () => {
  const { scene, romeo, juliet } = await room();
  const { hooks } = scene.kernel.registry;
  const asked = [vi.spyOn(hooks, 'refine'), vi.spyOn(hooks, 'first')];
  const state = el('composing', 'http://jabber.org/protocol/chatstates');
  for (const ask of asked) ask.mockClear();
  // A message that is not archived is through when `sends` returns: there is no promise to wait for.
  expect(juliet.sends(messageEl({ to: scene.room, type: 'groupchat' }, state))).toBeUndefined();
  expect(romeo.takes()).toHaveLength(1);
  expect(hooks.refine).not.toHaveBeenCalled();
  expect(scene.kernel.stats()['muc.filtered']).toBe(0);
});
