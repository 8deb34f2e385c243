import { meerkat, signIn } from '../support/bare-client.js';
import { expect, test } from '../support/fixtures.js';
import { RoomPage, snippet } from '../support/room-page.js';

// Two people and a moderator: who is typing is seen, and who is removed, by whom and why.

test('who is typing is seen by the others, until it is said', async ({ server, otherSite, browser }) => {
  const url = (nick: string) =>
    otherSite.page(`/${nick}.html`, snippet(server.url, `room="lobby" nick="${nick}"`));
  const [mira, tom] = await Promise.all([browser.newPage(), browser.newPage()]);
  await Promise.all([mira.goto(url('Mira')), tom.goto(url('Tom'))]);
  const [miras, toms] = [new RoomPage(mira), new RoomPage(tom)];
  await Promise.all([miras.isIn(2), toms.isIn(2)]);

  await miras.composer.pressSequentially('Hello');
  await expect(toms.element.getByText('Mira is typing')).toBeVisible();
  await expect(miras.element.getByText('is typing')).toHaveCount(0);
  await miras.composer.press('Enter');
  await toms.sees('Hello');
  await expect(toms.element.getByText('is typing')).toHaveCount(0);
  // Who comes later finds what was said, and nothing of the typing.
  const later = await browser.newPage();
  await later.goto(url('Zoe'));
  const zoes = new RoomPage(later);
  await zoes.sees('Hello');
  expect(await zoes.texts()).toEqual(['Hello']);
});

test('who was removed is told to the others, and to the one who was', async ({
  server,
  otherSite,
  browser,
}) => {
  await meerkat('user', 'add', 'ana', '--password', 'pencil case', '--data', server.dataFolder);
  const ana = await browser.newPage();
  await ana.goto(otherSite.page('/ana.html', '<title>Ana</title>'));
  const send = await signIn(
    ana,
    { webSocketUrl: server.webSocketUrl, name: 'ana', password: 'pencil case' },
    '<presence xmlns="jabber:client" to="lobby@rooms.localhost/ana"><x xmlns="http://jabber.org/protocol/muc"/></presence>',
    'code="110"',
  );
  const url = (nick: string) =>
    otherSite.page(`/${nick}.html`, snippet(server.url, `room="lobby" nick="${nick}"`));
  const [mira, tom] = await Promise.all([browser.newPage(), browser.newPage()]);
  await Promise.all([mira.goto(url('Mira')), tom.goto(url('Tom'))]);
  const [miras, toms] = [new RoomPage(mira), new RoomPage(tom)];
  await Promise.all([miras.isIn(3), toms.isIn(3)]);
  await toms.say('Buy my boat');
  await miras.sees('Buy my boat');

  await send(
    '<iq xmlns="jabber:client" type="set" id="kick" to="lobby@rooms.localhost"><query xmlns="http://jabber.org/protocol/muc#admin"><item nick="Tom" role="none"><reason>spam</reason></item></query></iq>',
  );
  await expect(miras.rows.filter({ hasText: 'ana removed Tom: spam' })).toBeVisible();
  expect(await miras.texts()).toEqual(['Buy my boat', 'ana removed Tom: spam']);
  await expect(toms.element.getByText('ana removed you from the room.').first()).toBeVisible();
  await miras.isIn(2);
});
