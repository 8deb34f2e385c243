import { expect, type Page, test } from '@playwright/test';
import { Gallery } from '../support/gallery.js';

// <chat-room> on fake chats: what only a real browser can judge, and no server is needed for.

let gallery: Gallery;
test.beforeAll(async () => {
  gallery = await Gallery.open();
});
test.afterAll(() => gallery.close());

/** Runs something in the page with the fake room of the state that is shown. */
const inRoom = (page: Page, code: string) =>
  page.evaluate(`(() => { const { chat, room, element } = globalThis.gallery; ${code} })()`);

const view = (page: Page) => page.locator('.view');
const rows = (page: Page) => page.locator('.row');
const pill = (page: Page) => page.locator('.pill');
const field = (page: Page) => page.locator('textarea');

/** Lets the page paint what was asked of it before. */
const painted = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

const gap = (page: Page) =>
  view(page).evaluate((list) => list.scrollHeight - list.clientHeight - list.scrollTop);

/** Scrolls as a person does, and says when the list has heard of it. */
async function scrollTo(page: Page, top: number): Promise<void> {
  await view(page).evaluate(
    (list, to) =>
      new Promise<void>((done) => {
        list.addEventListener('scroll', () => requestAnimationFrame(() => done()), { once: true });
        list.scrollTop = to;
      }),
    top,
  );
  await painted(page);
}

/** Where the first row in view is, and which. */
const firstInView = (page: Page) =>
  view(page).evaluate((list) => {
    const edge = list.getBoundingClientRect().top;
    const row = [...list.querySelectorAll<HTMLElement>('.row')].find(
      (one) => one.getBoundingClientRect().bottom > edge,
    );
    return { key: row?.dataset.key, top: (row?.getBoundingClientRect().top ?? 0) - edge };
  });

const rowTop = (page: Page, key: string | undefined) =>
  view(page).evaluate((list, wanted) => {
    const row = list.querySelector(`[data-key="${wanted}"]`);
    return (row?.getBoundingClientRect().top ?? Number.NaN) - list.getBoundingClientRect().top;
  }, key);

test('2,000 messages: at most 200 rows and 4,000 nodes, and the newest in view', async ({ page }) => {
  await page.goto(gallery.url('joined'));
  await expect(rows(page)).toHaveCount(40);
  // All in the page itself: what is judged is the list, not how fast a driver can ask.
  const most = await page.evaluate(`(async () => {
    const { room, element } = globalThis.gallery;
    let most = 0;
    for (let burst = 0; burst < 20; burst++) {
      room.flood(100);
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      most = Math.max(most, element.shadowRoot.querySelectorAll('.row').length);
    }
    return most;
  })()`);
  expect(most).toBeLessThanOrEqual(200);
  await inRoom(page, `room.receive({ key: 'last', text: 'the very last' })`);
  await expect(page.locator('[data-key="last"]')).toBeInViewport();
  // They go by fifty.
  expect(await rows(page).count()).toBeGreaterThanOrEqual(150);
  const nodes = await page.locator('chat-room').evaluate((element) => {
    const walker = document.createTreeWalker(element.shadowRoot as ShadowRoot, NodeFilter.SHOW_ALL);
    let count = 0;
    while (walker.nextNode()) count++;
    return count;
  });
  expect(nodes).toBeLessThanOrEqual(4000);
  expect(await gap(page)).toBeLessThanOrEqual(1);
});

test('a reader keeps the line under their eyes while 1,000 messages come and older ones load', async ({
  page,
}) => {
  await page.goto(gallery.url('joined'));
  await inRoom(page, 'room.flood(160)');
  await painted(page);
  await scrollTo(page, 900);
  const before = await firstInView(page);
  for (let burst = 0; burst < 10; burst++) {
    await inRoom(page, 'room.flood(100)');
    await painted(page);
  }
  expect(Math.abs((await rowTop(page, before.key)) - before.top)).toBeLessThanOrEqual(1);
  await expect(pill(page)).toHaveText('1,000 new messages');
  expect(await rows(page).count()).toBeLessThanOrEqual(200);
  await pill(page).click();
  await expect(pill(page)).toHaveCount(0);
  expect(await gap(page)).toBeLessThanOrEqual(1);
  await expect(field(page)).toBeFocused();
});

test('going up loads earlier messages above, and nothing jumps', async ({ page }) => {
  await page.goto(gallery.url('joined'));
  await expect(rows(page)).toHaveCount(40);
  await scrollTo(page, 300);
  await scrollTo(page, 40);
  const before = await firstInView(page);
  await expect(rows(page)).toHaveCount(90);
  expect(Math.abs((await rowTop(page, before.key)) - before.top)).toBeLessThanOrEqual(1);
});

test('a scroll back to the end follows the newest again', async ({ page }) => {
  await page.goto(gallery.url('full'));
  await scrollTo(page, 2000);
  await inRoom(page, 'room.flood(3)');
  await expect(pill(page)).toHaveText('3 new messages');
  // Newer messages have no rows yet: each arrival at the end brings some, until there are no more.
  await expect
    .poll(async () => {
      await view(page).evaluate((list) => list.scrollTo(0, list.scrollHeight));
      return pill(page).count();
    })
    .toBe(0);
  await inRoom(page, `room.receive({ key: 'after' })`);
  await expect(page.locator('[data-key="after"]')).toBeInViewport();
});

test('the list is one tab stop, read with the arrows, and Escape leads to the field', async ({ page }) => {
  await page.goto(gallery.url('full'));
  await expect(rows(page)).toHaveCount(200);
  await expect(page.locator('.row[tabindex="0"]')).toHaveCount(1);
  await field(page).focus();
  await page.keyboard.press('Shift+Tab');
  await expect(rows(page).last()).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(rows(page).nth(198)).toBeFocused();
  const label = await rows(page).nth(198).getAttribute('aria-label');
  expect(label).toContain(await rows(page).nth(198).locator('.text').innerText());
  await page.keyboard.press('Home');
  await expect(rows(page).first()).toBeFocused();
  const oldest = await inRoom(page, 'return room.messages.value[0].key');
  await expect(rows(page).first()).toHaveAttribute('data-key', String(oldest));
  await page.keyboard.press('PageDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await expect(rows(page).last()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(field(page)).toBeFocused();
});

test('a row that is read by keyboard stays while messages pour in', async ({ page }) => {
  await page.goto(gallery.url('joined'));
  await field(page).focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowUp');
  const key = await page.locator('.row:focus').getAttribute('data-key');
  await inRoom(page, 'room.flood(400)');
  await painted(page);
  await expect(page.locator(`[data-key="${key}"]`)).toBeFocused();
  await expect(page.locator(`[data-key="${key}"]`)).toBeInViewport();
});

test('Enter sends, Shift+Enter breaks the line, and Enter that ends a composition does neither', async ({
  page,
}) => {
  await page.goto(gallery.url('writing'));
  await expect(field(page)).toHaveValue(/six$/);
  await field(page).fill('one');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('two');
  await field(page).dispatchEvent('keydown', { key: 'Enter', isComposing: true });
  await expect(field(page)).toHaveValue('one\ntwo');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue('');
  await expect(rows(page).last().locator('.text')).toHaveText('one two');
});

test('a guest is asked for a name once, at the first message, and the message is not lost', async ({
  page,
}) => {
  await page.goto(gallery.url('few'));
  await field(page).fill('first');
  await page.keyboard.press('Enter');
  const name = page.getByRole('textbox', { name: 'Choose a name' });
  await expect(name).toBeFocused();
  await name.fill('Mira');
  await page.keyboard.press('Enter');
  await expect(name).toHaveCount(0);
  await expect(rows(page).last()).toContainText('first');
  await field(page).fill('second');
  await page.keyboard.press('Enter');
  await expect(rows(page).last()).toContainText('second');
  expect(await inRoom(page, 'return chat.log')).toEqual([
    'start',
    'changeNick Mira',
    'send first',
    'send second',
  ]);
});

test('a sandboxed frame, without storage and without forms, asks for the name and sends', async ({
  page,
}) => {
  await page.setContent(`<iframe sandbox="allow-scripts" src="${gallery.url('few')}" height="600"></iframe>`);
  const frame = page.frameLocator('iframe');
  await frame.locator('textarea').fill('from within');
  await frame.getByRole('button', { name: 'Send' }).click();
  await frame.getByRole('textbox', { name: 'Choose a name' }).fill('Mira');
  await frame.getByRole('button', { name: 'Use this name' }).click();
  await expect(frame.locator('.row').last()).toContainText('from within');
});

test('preventDefault on chat-send keeps the text', async ({ page }) => {
  await page.goto(gallery.url('offline'));
  await inRoom(page, `element.addEventListener('chat-send', (event) => event.preventDefault())`);
  await field(page).fill('not yet');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue('not yet');
});

test('a message that failed keeps its place and can be sent again or deleted', async ({ page }) => {
  await page.goto(gallery.url('failed'));
  const failed = page.locator('.row[data-delivery="failed"]');
  await expect(failed).toContainText('Not sent');
  await inRoom(page, `room.sending = 'deliver'`);
  await failed.getByRole('button', { name: 'Retry' }).click();
  await expect(failed).toHaveCount(0);
  await inRoom(page, `room.sending = 'fail'; room.send('again')`);
  await failed.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('again')).toHaveCount(0);
});

test('a flood is announced once and then as a number, apart from the list', async ({ page }) => {
  await page.goto(gallery.url('few'));
  await expect(view(page)).toHaveAttribute('role', 'log');
  await expect(view(page)).toHaveAttribute('aria-live', 'off');
  const said = page.locator('.announcer');
  await expect(said).toHaveAttribute('aria-live', 'polite');
  await inRoom(page, `room.receive({ nick: 'Mira', text: 'Hello' }); room.flood(13)`);
  await expect(said).toHaveText('Mira: Hello');
  await expect(said).toHaveText('13 new messages');
  await expect(said).toHaveText('');
});

test('the panel of people opens, closes with Escape and gives the focus back', async ({ page }) => {
  await page.goto(gallery.url('joined'));
  const button = page.getByRole('button', { name: '19 here' });
  await button.click();
  await expect(button).toHaveAttribute('aria-expanded', 'true');
  const panel = page.getByRole('region', { name: 'Who is here' });
  await expect(panel.getByRole('listitem')).toHaveCount(19);
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(button).toBeFocused();
});

test('a refusal says why and offers the way on', async ({ page }) => {
  await page.goto(gallery.url('kicked'));
  await expect(page.getByText('Mira removed you from the room.', { exact: true })).toBeVisible();
  await expect(field(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Join again' }).click();
  await expect(field(page)).toBeVisible();
});

test('what comes over the wire is text', async ({ page }) => {
  await page.goto(gallery.url('long words'));
  await expect(page.getByText('<img src=x onerror=alert(1)>')).toBeVisible();
  await expect(page.locator('chat-room img, chat-room b')).toHaveCount(0);
  const spill = await view(page).evaluate((list) => list.scrollWidth - list.clientWidth);
  expect(spill).toBe(0);
});

test('an element that is taken out lets go of everything, and one that is moved keeps its room', async ({
  page,
}) => {
  await page.goto(gallery.url('joined'));
  await expect(rows(page)).toHaveCount(40);
  await inRoom(page, 'document.body.prepend(element)');
  await painted(page);
  expect(await inRoom(page, 'return chat.log')).toEqual(['start']);
  await expect(rows(page)).toHaveCount(40);
  expect(await gap(page)).toBeLessThanOrEqual(1);
  expect(await inRoom(page, 'return chat.watchers')).toBeGreaterThan(0);
  await inRoom(page, 'element.remove()');
  expect(await inRoom(page, 'return chat.watchers')).toBe(0);
  await inRoom(page, 'document.body.append(element)');
  await expect(rows(page)).toHaveCount(40);
});

test('readonly: no composer, no question for a name, and the list can still be read', async ({ page }) => {
  await page.goto(gallery.url('joined'));
  await inRoom(page, `element.setAttribute('readonly', '')`);
  await expect(field(page)).toHaveCount(0);
  await inRoom(page, 'element.focus()');
  await expect(rows(page).last()).toBeFocused();
  await inRoom(page, `element.removeAttribute('readonly')`);
  await expect(field(page)).toBeVisible();
});

test('who is named sees it in the row, hears it at once, and the page is told', async ({ page }) => {
  await page.goto(gallery.url('mention'));
  await expect(rows(page)).toHaveCount(6);
  const named = page.locator('.row[data-mention]');
  await expect(named).toHaveCount(3);
  await expect(named.locator('.mention')).toHaveText(['@Jonas', 'Jonas', 'jonas']);
  const said = page.locator('.announcer');
  await inRoom(
    page,
    `globalThis.told = [];
     element.addEventListener('chat-message', ({ message, mention }) => told.push([message.own, mention]));
     room.receive({ nick: 'Mira', text: 'one' }); room.receive({ nick: 'Mira', text: 'two' });
     room.receive({ nick: 'Zoë', text: 'and you, Jonas?' }); room.send('Jonas is me');`,
  );
  await expect(said).toContainText('Zoë mentions you: and you, Jonas?');
  expect(await page.evaluate('globalThis.told')).toEqual([
    [false, false],
    [false, false],
    [false, true],
    [true, false],
  ]);
  await expect(named).toHaveCount(4);
  await inRoom(page, `room.changeNick('Zoë')`);
  await expect(named).toHaveCount(0);
});

test('the pill says how many of the new messages name the reader', async ({ page }) => {
  await page.goto(gallery.url('new messages, named'));
  await expect(pill(page)).toHaveText('23 new messages, 2 mention you');
});

test('links open apart from the page and are reached from their row', async ({ page }) => {
  await page.goto(gallery.url('mention'));
  const link = page.locator('[data-key="n4"] a');
  await expect(link).toHaveAttribute('href', 'https://example.com/drawings/jig-5.svg');
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow ugc');
  await expect(link).toHaveAttribute('target', '_blank');
  await field(page).focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('[data-key="n2"] .name')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('[data-key="n2"] a')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-key="n2"]')).toBeFocused();
});

test('a name that is pressed goes into the composer, by pointer and by keyboard', async ({ page }) => {
  await page.goto(gallery.url('mention'));
  await page.locator('[data-key="n1"] .name').click();
  await expect(field(page)).toHaveValue('@Zoë ');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('and');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue('@Zoë and @Tomasz ');
  await page.keyboard.type('hello');
  await page.keyboard.press('Enter');
  await expect(rows(page).last()).toContainText('@Zoë and @Tomasz hello');
  await inRoom(page, 'element.readOnly = true');
  await expect(page.locator('.row [role="button"]')).toHaveCount(0);
});

test('@ offers those present: arrows choose, Enter takes, Escape closes for this word', async ({ page }) => {
  await page.goto(gallery.url('mention'));
  const list = page.getByRole('listbox', { name: 'Names' });
  const active = page.locator('[role="option"][aria-selected="true"]');
  await field(page).pressSequentially('hi @');
  await expect(active).toHaveText('Zoë');
  await expect(page.locator('.announcer')).toContainText('Arrow keys');
  await page.keyboard.press('ArrowDown');
  await expect(active).toHaveText('ليلى');
  expect(await field(page).getAttribute('aria-activedescendant')).toBe(await active.getAttribute('id'));
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(list).toHaveCount(0);
  await expect(field(page)).toHaveValue('hi @Zoë ');
  await field(page).pressSequentially('@tom');
  await expect(active).toHaveText('Tomasz');
  await page.keyboard.press('Escape');
  await expect(list).toHaveCount(0);
  await field(page).pressSequentially('m');
  await expect(list).toHaveCount(0);
  await field(page).pressSequentially(' @tom');
  await page.getByRole('option', { name: 'Tomasz' }).click();
  await expect(field(page)).toHaveValue('hi @Zoë @tomm @Tomasz ');
  await expect(field(page)).toBeFocused();
  await field(page).pressSequentially('mira@example.com');
  await expect(list).toHaveCount(0);
});

test('a name that the room does not grant is told above the composer; a subject is said', async ({
  page,
}) => {
  await page.goto(gallery.url('name refused'));
  await expect(page.locator('[part="note"]')).toHaveText(
    'The name Mira is taken or not allowed here. You are still Sasha.',
  );
  await inRoom(page, `room.setSubject('Glue and clamps')`);
  await expect(page.locator('.announcer')).toContainText('Subject: Glue and clamps');
});

test('the send button never covers the text, whichever way page and text are written', async ({ page }) => {
  for (const dir of ['ltr', 'rtl']) {
    await page.goto(gallery.url('few', { dir }));
    for (const text of ['Thank you', 'شكرا جزيلا']) {
      await field(page).fill(text);
      const room = await field(page).evaluate((area) => {
        const { left, right } = area.getBoundingClientRect();
        const { paddingLeft, paddingRight } = getComputedStyle(area);
        return { from: left + Number.parseFloat(paddingLeft), to: right - Number.parseFloat(paddingRight) };
      });
      const button = await page.locator('.send').boundingBox();
      const clear = button && (button.x >= room.to || button.x + button.width <= room.from);
      expect(clear, `${text} on a page written ${dir}`).toBe(true);
    }
  }
});

test('who only watches is not told that messages will be sent', async ({ page }) => {
  await page.goto(gallery.url('offline'));
  await expect(page.locator('.line')).toHaveText('You are offline. Messages will be sent when you are back.');
  await inRoom(page, 'element.readOnly = true');
  await expect(page.locator('.line')).toHaveText('You are offline.');
});

test('the time stands beside the name, whichever way the page is written', async ({ page }) => {
  await page.setViewportSize({ width: 760, height: 560 });
  for (const dir of ['ltr', 'rtl']) {
    await page.goto(gallery.url('mention', { dir, width: '700' }));
    const head = page.locator('[data-key="n1"]');
    await expect(head.locator('.avatar')).toBeVisible();
    const name = await head.locator('.name').boundingBox();
    const time = await head.locator('.time').boundingBox();
    if (!name || !time) throw new Error('neither name nor time');
    const gap = dir === 'ltr' ? time.x - (name.x + name.width) : name.x - (time.x + time.width);
    expect(gap, dir).toBeGreaterThanOrEqual(0);
    expect(gap, dir).toBeLessThanOrEqual(16);
  }
});
