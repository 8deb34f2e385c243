import { afterEach, beforeEach, expect, test } from 'vitest';
import { ServerProcess } from '../e2e/support/server-process.js';
import { addUser } from './support/add-user.js';
import { BareClient, byPassword, byToken } from './support/bare-client.js';

const ROOM = 'lobby@rooms.localhost';
let server: ServerProcess;

beforeEach(async () => {
  server = await ServerProcess.start({ env: { MEERKAT_LIMITS__RESUME_TIMEOUT: '60000' } });
});
afterEach(() => server?.stop());

const bare = (jid: string) => jid.split('/')[0];
const occupantId = (frame: string) => /<occupant-id [^>]*\bid="([^"]+)"/.exec(frame)?.[1];

test.each(['a guest', 'an account'])('%s comes back by token over a restart, as who it was', async (who) => {
  await addUser(server, 'juliet', 'balcony scene');
  const guest = who === 'a guest';
  // Guests cannot take the name of an account.
  const nick = guest ? 'rosaline' : 'juliet';
  const first = await BareClient.arrive(server.webSocketUrl, {
    ...(guest ? {} : { initial: byPassword('juliet', 'balcony scene') }),
  });
  const { clientId, jid, previd, token } = first;
  const before = occupantId(await first.join(ROOM, nick));
  expect([token, previd, before]).not.toContain('');
  await server.kill('SIGKILL');
  await server.startAgain();

  const again = (count: number, secret = token) =>
    BareClient.arrive(server.webSocketUrl, {
      clientId,
      initial: byToken(jid, secret, count),
      resume: { previd, h: 0 },
    });
  const second = await again(1);
  // One flight: the resumption is refused, and the new session is bound in the same answer.
  expect(second.answer).toMatch(/^<success.*<failed [^>]*xmlns="urn:xmpp:sm:3".*<bound /);
  expect(bare(second.jid)).toBe(bare(jid));
  expect(occupantId(await second.join(ROOM, nick))).toBe(before);

  // The same words once more, and words that were never good.
  expect((await again(1)).answer).toMatch(/^<failure/);
  expect((await again(7, `${token}x`)).answer).toMatch(/^<failure/);
  // The newer token was used, so the older one is over.
  expect((await again(1, second.token)).answer).toMatch(/^<success/);
  expect((await again(9)).answer).toMatch(/^<failure/);
  second.cut();
});

test('a link that is cut is resumed: others see nothing, and nothing is lost', async () => {
  const friend = await BareClient.arrive(server.webSocketUrl);
  await friend.join(ROOM, 'friend');
  const one = await BareClient.arrive(server.webSocketUrl);
  const came = friend.hears((frame) => frame.includes(`${ROOM}/one`));
  await one.join(ROOM, 'one');
  await came;
  const { clientId, handled, jid, previd, token } = one;
  const from = friend.heard.length;
  one.cut();
  const echo = friend.hears((frame) => frame.includes('<body>meanwhile</body>'));
  friend.speak(ROOM, 'meanwhile');
  await echo;
  const resumption = { clientId, initial: byToken(jid, token, 1), resume: { previd, h: handled } };
  const back = await BareClient.arrive(server.webSocketUrl, resumption);
  expect(back.answer).toMatch(/^<success.*<resumed /);
  expect(back.jid).toBe(jid);
  if (!back.heard.some((frame) => frame.includes('meanwhile'))) {
    await back.hears((frame) => frame.includes('meanwhile'));
  }
  expect(friend.heard.slice(from).filter((frame) => frame.startsWith('<presence'))).toEqual([]);
});

test('a session that has expired is refused with the count of what was handled, and bound anew', async () => {
  const friend = await BareClient.arrive(server.webSocketUrl);
  await friend.join(ROOM, 'friend');
  const one = await BareClient.arrive(server.webSocketUrl, { max: 1 });
  await one.join(ROOM, 'one');
  const echo = one.hears((frame) => frame.includes('<body>hello</body>'));
  one.speak(ROOM, 'hello');
  await echo;
  const { clientId, handled, jid, previd, token } = one;
  const gone = friend.hears((frame) => frame.includes(`${ROOM}/one`) && frame.includes('unavailable'));
  one.cut();
  await gone;
  const resume = { previd, h: handled };
  const back = await BareClient.arrive(server.webSocketUrl, {
    clientId,
    initial: byToken(jid, token, 1),
    resume,
  });
  // The join and the message: neither has to be sent again.
  expect(back.answer).toMatch(/<failed [^>]*h="2"/);
  expect(back.answer).toMatch(/<bound /);
  expect(back.jid).not.toBe(jid);
  expect(bare(back.jid)).toBe(bare(jid));
});

test('of two pages that resume the same session the later one has it, and others see nothing', async () => {
  const friend = await BareClient.arrive(server.webSocketUrl);
  await friend.join(ROOM, 'friend');
  const one = await BareClient.arrive(server.webSocketUrl);
  await one.join(ROOM, 'one');
  const { clientId, handled, jid, previd, token } = one;
  one.cut();
  const from = friend.heard.length;
  const claim = (count: number) =>
    BareClient.arrive(server.webSocketUrl, {
      clientId,
      initial: byToken(jid, token, count),
      resume: { previd, h: handled },
    });
  const first = await claim(1);
  expect(first.answer).toMatch(/<resumed /);
  const conflict = first.hears((frame) => frame.includes('<conflict'));
  const second = await claim(2);
  await conflict;
  expect(second.answer).toMatch(/<resumed /);
  const heard = second.hears((frame) => frame.includes('<body>here</body>'));
  second.speak(ROOM, 'here');
  await heard;
  expect(friend.heard.slice(from).filter((frame) => frame.startsWith('<presence'))).toEqual([]);
});
