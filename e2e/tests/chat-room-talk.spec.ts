import { expect, type Page, test } from '@playwright/test';
import { Gallery } from '../support/gallery.js';

// What people do in a <chat-room> beside talking: who is typing, who was removed, menus, bubbles. On fake chats.

let gallery: Gallery;
test.beforeAll(async () => {
  gallery = await Gallery.open();
});
test.afterAll(() => gallery.close());

/** Runs something in the page with the fake room of the state that is shown. */
const inRoom = (page: Page, code: string) =>
  page.evaluate(`(() => { const { chat, room, element } = globalThis.gallery; ${code} })()`);

const writes = (page: Page) => inRoom(page, 'return room.writes');
const asked = (page: Page) => page.evaluate<string[]>('globalThis.gallery.chat.log');
const rows = (page: Page) => page.locator('.row');
const field = (page: Page) => page.locator('textarea');
const typing = (page: Page) => page.locator('.typing');
const menu = (page: Page) => page.getByRole('menu');
const item = (page: Page, name: string | RegExp) => page.getByRole('menuitem', { name });

/** Where everything is that a newcomer could push away. */
const places = (page: Page) =>
  page.evaluate(() =>
    [
      ...(document.querySelector('chat-room')?.shadowRoot?.querySelectorAll('.row, .composer, .header') ??
        []),
    ].map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return [x, y, width, height];
    }),
  );

/** Goes to the last row by the keyboard. */
async function toLastRow(page: Page): Promise<void> {
  await field(page).focus();
  await page.keyboard.press('Shift+Tab');
  await expect(rows(page).last()).toBeFocused();
}

test('who types is told in the space that is kept for it: nothing moves, and nothing is read out', async ({
  page,
}) => {
  await page.goto(gallery.url('joined'));
  await expect(rows(page)).toHaveCount(40);
  const before = await places(page);
  for (const [nicks, words] of [
    [`'Mira'`, 'Mira is typing'],
    [`'Mira', 'Joe'`, 'Mira and Joe are typing'],
    [`'Mira', 'Joe', 'Zoë'`, 'Several people are typing'],
  ]) {
    await inRoom(page, `room.compose(${nicks})`);
    await expect(typing(page)).toHaveText(words ?? '');
    expect(await places(page)).toEqual(before);
  }
  expect(
    await typing(page).evaluate((line) => line.closest('[aria-live], [role=log], [role=status]')),
  ).toBeNull();
  await expect(page.locator('.announcer')).toBeEmpty();
  await inRoom(page, 'room.compose()');
  await expect(typing(page)).toHaveCount(0);
  expect(await places(page)).toEqual(before);
});

test('nobody types for who reads further up', async ({ page }) => {
  await page.goto(gallery.url('joined'));
  await inRoom(page, `room.compose('Mira')`);
  await expect(typing(page)).toBeVisible();
  await rows(page).last().hover();
  await page.mouse.wheel(0, -200);
  await expect(page.locator('.pill')).toBeVisible();
  await expect(typing(page)).toHaveCount(0);
});

test('what is written is told, and what is sent is the end of it', async ({ page }) => {
  await page.goto(gallery.url('sent'));
  await field(page).pressSequentially('Hi');
  expect(await writes(page)).toBe(true);
  await field(page).fill('');
  expect(await writes(page)).toBe(false);
  await field(page).pressSequentially('Hi');
  expect(await writes(page)).toBe(true);
  await page.keyboard.press('Enter');
  expect(await writes(page)).toBe(false);
});

test('typing="off" tells nobody and shows nobody', async ({ page }) => {
  await page.goto(gallery.url('sent'));
  await inRoom(page, `element.setAttribute('typing', 'off'); room.compose('Mira')`);
  await field(page).pressSequentially('Hi');
  await inRoom(page, `room.receive({ text: 'after it' })`);
  await expect(rows(page).last()).toContainText('after it');
  await expect(typing(page)).toHaveCount(0);
  expect(await writes(page)).toBeUndefined();
});

test('who was removed stands where it happened, is said once, and is no message', async ({ page }) => {
  await page.goto(gallery.url('removed'));
  await expect(page.locator('.row[data-notice] .text')).toHaveText([
    'Mira removed Tomasz: spam',
    'Joe was banned.',
  ]);
  await expect(rows(page).nth(-2)).toContainText('Thank you');
  await expect(rows(page).nth(-3)).toContainText('Mira removed Tomasz: spam');
  await toLastRow(page);
  await expect(rows(page).last()).toHaveAccessibleName('Joe was banned.');
  await page.keyboard.press('ArrowUp');
  await inRoom(page, `room.remove('Priya', { by: 'Mira' })`);
  await expect(rows(page).last()).toContainText('Mira removed Priya.');
  await expect(page.locator('.pill')).not.toContainText('new');
});

test('a row has its menu at its end, which shifts nothing; the browser keeps its own', async ({ page }) => {
  await page.goto(gallery.url('joined'));
  await expect(rows(page)).toHaveCount(40);
  const before = await places(page);
  const row = rows(page).nth(-2);
  await row.hover();
  const button = row.getByRole('button', { name: 'Actions for this message' });
  await expect(button).toBeVisible();
  expect(await places(page)).toEqual(before);
  const kept = page.evaluate(
    () =>
      new Promise((done) =>
        window.addEventListener('contextmenu', (event) => done(!event.defaultPrevented), { once: true }),
      ),
  );
  await row.click({ button: 'right' });
  expect(await kept).toBe(true);
  await expect(menu(page)).toHaveCount(0);

  await button.click();
  await expect(menu(page)).toBeVisible();
  await expect(page.getByRole('menuitem')).toHaveText(['Copy text', /^Mention /]);
  await page.mouse.click(5, 5);
  await expect(menu(page)).toHaveCount(0);
});

test('by keyboard: Enter or the Menu key opens it, arrows move, Escape gives the focus back', async ({
  page,
}) => {
  await page.goto(gallery.url('joined'));
  await toLastRow(page);
  const row = rows(page).last();
  await page.keyboard.press('Enter');
  await expect(item(page, 'Copy text')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(item(page, /^Mention/)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(item(page, 'Copy text')).toBeFocused();
  await page.keyboard.press('End');
  await expect(item(page, /^Mention/)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu(page)).toHaveCount(0);
  await expect(row).toBeFocused();

  await page.keyboard.press('ContextMenu');
  await expect(menu(page)).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(menu(page)).toHaveCount(0);
  await expect(row).toBeFocused();

  const name = await row.locator('.name').textContent();
  await page.keyboard.press('Enter');
  await expect(item(page, 'Copy text')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue(`@${name} `);
});

test('a text is copied as it was said', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(gallery.url('joined'));
  await inRoom(page, `room.receive({ nick: 'Zoë', text: '  two\\nlines <b>and</b> more' })`);
  await expect(rows(page).last()).toContainText('lines');
  await toLastRow(page);
  await page.keyboard.press('Enter');
  await expect(item(page, 'Copy text')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('.line')).toHaveText('Copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('  two\nlines <b>and</b> more');
  await expect(rows(page).last()).toBeFocused();
});

test('where the page has no clipboard the text is copied all the same', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read']);
  await page.goto(gallery.url('joined'));
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await toLastRow(page);
  const text = await rows(page).last().locator('.text').textContent();
  await page.keyboard.press('Enter');
  await expect(item(page, 'Copy text')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('.line')).toHaveText('Copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, isMobile: true });

  /** Puts a finger down on a row that stays in view, and moves it by so much. */
  async function rest(page: Page, by = 0) {
    const box = await rows(page).nth(-5).boundingBox();
    if (!box) throw new Error('there is no row');
    const tools = await page.context().newCDPSession(page);
    const [x, y] = [box.x + 40, box.y + box.height / 2];
    await tools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
    if (by > 0) {
      await tools.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x, y: y + by }] });
    }
    return () => tools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  }

  test('a long press opens the menu', async ({ page }) => {
    await page.goto(gallery.url('joined'));
    const lift = await rest(page);
    await expect(menu(page)).toBeVisible();
    await lift();
    await expect(menu(page)).toBeVisible();
    await expect(item(page, 'Copy text')).toBeFocused();
  });

  test('a press that scrolls does not', async ({ page }) => {
    await page.clock.install();
    await page.goto(gallery.url('joined'));
    await page.clock.runFor(1_000);
    // What tells presses apart is there when this is.
    await inRoom(page, `room.compose('Mira')`);
    await page.clock.runFor(1_000);
    await expect(typing(page)).toBeVisible();
    const lift = await rest(page);
    await page.clock.runFor(1_000);
    await lift();
    await expect(menu(page)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(menu(page)).toHaveCount(0);

    const scrolls = page.evaluate(
      () =>
        new Promise<void>((done) => window.addEventListener('pointercancel', () => done(), { once: true })),
    );
    const liftAgain = await rest(page, 60);
    await scrolls;
    await page.clock.runFor(1_000);
    await liftAgain();
    await expect(menu(page)).toHaveCount(0);
  });
});

test.describe('a moderator', () => {
  const question = (page: Page) => page.getByRole('dialog');

  test('removes with a reason, and the room tells of it', async ({ page }) => {
    await page.goto(gallery.url('moderator menu'));
    await expect(page.getByRole('menuitem')).toHaveText([
      'Copy text',
      /^Mention/,
      'Mute',
      'Remove from the room',
      'Ban',
    ]);
    const nick = await rows(page).last().locator('.name').textContent();
    await item(page, 'Remove from the room').click();
    await expect(question(page)).toHaveAccessibleName(`Remove ${nick}?`);
    await page.keyboard.type('advertising');
    await page.keyboard.press('Enter');
    await expect(question(page)).toHaveCount(0);
    expect(await asked(page)).toContain(`kick ${nick} advertising`);
    await expect(rows(page).last().locator('.text')).toHaveText(`Sasha removed ${nick}: advertising`);
  });

  test('is asked before a ban, and can think better of it', async ({ page }) => {
    await page.goto(gallery.url('moderator menu'));
    await item(page, 'Ban').click();
    await expect(question(page)).toContainText('They cannot come back');
    await page.keyboard.press('Escape');
    await expect(question(page)).toHaveCount(0);
    await expect(rows(page).last()).toBeFocused();
    expect((await asked(page)).filter((line) => line.startsWith('ban'))).toEqual([]);
    await page.keyboard.press('Enter');
    await item(page, 'Ban').click();
    await question(page).getByRole('button', { name: 'Ban' }).click();
    const bans = async () => (await asked(page)).filter((line) => line.startsWith('ban'));
    await expect.poll(bans).toHaveLength(1);
  });

  test('hears when the room does not let them', async ({ page }) => {
    await page.goto(gallery.url('moderator menu'));
    await inRoom(page, `room.setVoice = () => Promise.reject(new Error('no'))`);
    await item(page, 'Mute').click();
    await expect(page.locator('.line')).toHaveText('That did not work. Try again in a moment.');
  });

  test('does the same from the list of people; others have no such menu', async ({ page }) => {
    await page.goto(gallery.url('moderator: people'));
    const people = page.getByRole('region', { name: 'Who is here' });
    const muted = people.getByRole('listitem').filter({ hasText: 'Reads only' });
    const nick = await muted.locator('.name').textContent();
    await muted.getByRole('button', { name: `Actions for ${nick}` }).click();
    await item(page, 'Unmute').click();
    expect(await asked(page)).toContain(`setVoice ${nick} true`);
    await expect(people).toBeVisible();
    await expect(muted).toHaveCount(0);
    await inRoom(page, `room.self.set({ ...room.self.value, role: 'participant' })`);
    await expect(people.getByRole('button', { name: /^Actions/ })).toHaveCount(0);
  });
});

test('bubbles: mine at the end, theirs at the start, and one word under the last of mine', async ({
  page,
}) => {
  await page.goto(gallery.url('bubbles', { width: '360' }));
  const text = (key: string) => page.locator(`[data-key="${key}"] .text`);
  const [list, theirs, mine] = await Promise.all([
    page.locator('.rows').boundingBox(),
    text('b1').boundingBox(),
    text('b3').boundingBox(),
  ]);
  if (!list || !theirs || !mine) throw new Error('something is not shown');
  expect(theirs.x - list.x).toBeLessThan(20);
  expect(list.x + list.width - (mine.x + mine.width)).toBeLessThan(20);
  const receipt = (key: string) =>
    page.locator(`[data-key="${key}"]`).evaluate((row) => getComputedStyle(row, '::after').content);
  expect([await receipt('b5'), await receipt('b7')]).toEqual(['none', '"Sent"']);
});

test('a question goes with the room that it was about', async ({ page }) => {
  await page.goto(gallery.url('ban asked'));
  await expect(page.getByRole('dialog')).toBeVisible();
  await inRoom(page, `element.room = 'garden'`);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect((await asked(page)).filter((line) => line.startsWith('ban'))).toEqual([]);
  await expect(field(page)).toBeEditable();
});

test('no menu, question or button is left behind when the element goes', async ({ page }) => {
  await page.goto(gallery.url('row menu'));
  await expect(menu(page)).toBeVisible();
  await inRoom(page, 'element.remove()');
  await expect(menu(page)).toHaveCount(0);
  await expect.poll(() => page.evaluate('globalThis.gallery.chat.watchers')).toBe(0);
});
