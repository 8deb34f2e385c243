import { expect, type Page, test } from '@playwright/test';
import { Gallery } from '../support/gallery.js';

// <chat-box> on fake chats: what only a real browser can judge, and no server is needed for.

let gallery: Gallery;
test.beforeAll(async () => {
  gallery = await Gallery.open();
});
test.afterAll(() => gallery.close());

const box = (page: Page, at = 0) => page.locator('chat-box').nth(at);
const launcher = (page: Page, at = 0) => box(page, at).getByRole('button', { name: /^Open chat/ });
const panel = (page: Page, at = 0) => box(page, at).getByRole('dialog');
const composer = (page: Page, at = 0) => box(page, at).getByRole('textbox', { name: /^Message to/ });
const minimise = (page: Page, at = 0) => box(page, at).getByRole('button', { name: 'Minimise' });

/** Lets somebody say something in the room of the first box. */
const said = (page: Page, ...texts: readonly string[]) =>
  page.evaluate((all) => {
    const { chat, boxes } = (globalThis as unknown as { gallery: GalleryPage }).gallery;
    for (const text of all) chat.room(boxes[0].room).receive({ text, nick: 'Mira' });
  }, texts);

interface GalleryPage {
  readonly chat: {
    room(name: string): { receive(message: object): void };
    readonly log: readonly string[];
    readonly watchers: number;
  };
  readonly boxes: readonly [HTMLElement & { readonly room: string }];
}

const open = async (page: Page, at = 0) => {
  await launcher(page, at).click();
  await expect(composer(page, at)).toBeVisible();
};

test('a closed box fetches nothing and opens no session until it is touched', async ({ page }) => {
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(new URL(request.url()).pathname);
  });
  await page.goto(gallery.box());
  await expect(launcher(page)).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(scripts.filter((path) => /chat-room|panel/.test(path))).toEqual([]);
  const log = () => page.evaluate('globalThis.gallery.chat.log');
  expect(await log()).toEqual([]);
  await open(page);
  expect(scripts.filter((path) => /chat-room/.test(path)).length).toBeGreaterThan(0);
  expect(await log()).toContain('start');
});

test('the focus goes in and comes back, and Escape minimises', async ({ page }) => {
  await page.goto(gallery.box());
  await launcher(page).focus();
  await page.keyboard.press('Enter');
  await expect(composer(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();
  await expect(launcher(page)).toBeFocused();
  await expect(box(page)).toHaveAttribute('state', 'minimised');
});

test('Escape that closes the panel of people leaves the box open', async ({ page }) => {
  await page.goto(gallery.box());
  await open(page);
  await box(page).getByRole('button', { name: /here/ }).click();
  await expect(box(page).locator('#people')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(box(page).locator('#people')).toBeHidden();
  await expect(panel(page)).toBeVisible();
});

test('a page that comes with its box open keeps its focus', async ({ page }) => {
  await page.goto(gallery.box());
  await open(page);
  await page.reload();
  await expect(composer(page)).toBeVisible();
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
});

test('what is unread is counted in launcher, title and icon, told as an event, and gone when it is read', async ({
  page,
}) => {
  await page.goto(gallery.box());
  const icons = () =>
    page.evaluate(() =>
      [...document.head.querySelectorAll('link:not([rel=modulepreload])')].map((link) => link.outerHTML),
    );
  const before = { title: await page.title(), icons: await icons() };
  await page.evaluate(() => {
    const counts: number[] = [];
    Object.assign(globalThis, { counts });
    document.addEventListener('chat-unread', (event) =>
      counts.push((event as Event & { count: number }).count),
    );
  });
  await open(page);
  await said(page, 'read at once');
  await minimise(page).click();
  await said(page, 'one', 'two', 'three');
  await expect(launcher(page)).toHaveAccessibleName('Open chat cafe, 3 unread messages');
  await expect(page).toHaveTitle('(3) A page with a box');
  await expect(page.locator('link[rel=icon]')).toHaveAttribute('href', /^data:image\/png/);
  await launcher(page).click();
  await expect(page).toHaveTitle(before.title);
  await expect.poll(icons).toEqual(before.icons);
  expect(await page.evaluate('globalThis.counts')).toEqual([1, 2, 3, 0]);
});

test("the page's new title is kept under the count and after it", async ({ page }) => {
  await page.goto(gallery.box());
  await open(page);
  await minimise(page).click();
  await said(page, 'one');
  await expect(page).toHaveTitle('(1) A page with a box');
  await page.evaluate(() => {
    document.title = 'Next chapter';
  });
  await expect(page).toHaveTitle('(1) Next chapter');
  await launcher(page).click();
  await expect(page).toHaveTitle('Next chapter');
});

test('the next page has the same state, unread count and draft', async ({ page }) => {
  await page.goto(gallery.box());
  await open(page);
  await composer(page).fill('half a sentence');
  await minimise(page).click();
  await said(page, 'one', 'two');
  await expect(launcher(page)).toHaveAccessibleName(/2 unread/);
  await page.reload();
  await expect(launcher(page)).toHaveAccessibleName(/2 unread/);
  await expect(page).toHaveTitle('(2) A page with a box');
  await launcher(page).click();
  await expect(composer(page)).toHaveValue('half a sentence');
  await box(page).getByRole('button', { name: 'Close chat' }).click();
  await page.reload();
  await expect(launcher(page)).toBeVisible();
  await expect(box(page)).toHaveAttribute('state', 'closed');
});

test('the next page reads on where this one stood', async ({ page }) => {
  await page.goto(gallery.box({ messages: '150' }));
  await open(page);
  const first = () =>
    box(page)
      .locator('.view')
      .evaluate((list) => {
        const edge = list.getBoundingClientRect().top;
        const row = [...list.querySelectorAll<HTMLElement>('.row')].find(
          (one) => one.getBoundingClientRect().bottom > edge,
        );
        return [row?.dataset.key, Math.round((row?.getBoundingClientRect().top ?? 0) - edge)];
      });
  await box(page)
    .locator('.view')
    .evaluate(
      (list) =>
        new Promise<void>((done) => {
          list.addEventListener('scroll', () => requestAnimationFrame(() => done()), { once: true });
          list.scrollTop = 900;
        }),
    );
  const before = await first();
  await page.reload();
  await expect(composer(page)).toBeVisible();
  await expect.poll(first).toEqual(before);
});

test('tabs keep in step: state and draft, the last one to change is right', async ({ context }) => {
  const [one, two] = [await context.newPage(), await context.newPage()];
  await one.goto(gallery.box());
  await two.goto(gallery.box());
  await open(one);
  await expect(panel(two)).toBeVisible();
  await composer(one).fill('from the first tab');
  await expect(composer(two)).toHaveValue('from the first tab');
  await minimise(two).click();
  await expect(panel(one)).toBeHidden();
});

test('boxes stand beside each other, and the oldest gives way where there is no room', async ({ page }) => {
  await page.setViewportSize({ width: 1000, height: 700 });
  await page.goto(gallery.box({ rooms: 'cafe,garden,help' }));
  const edges = async () => {
    const all: { x: number; right: number }[] = [];
    for (const at of [0, 1, 2]) {
      const part = (await panel(page, at).isVisible()) ? panel(page, at) : launcher(page, at);
      const { x = 0, width = 0 } = (await part.boundingBox()) ?? {};
      all.push({ x, right: x + width });
    }
    return all;
  };
  const apart = async () => {
    const [first, second, third] = await edges();
    return (
      (second?.right ?? 0) <= (first?.x ?? 0) &&
      (third?.right ?? 0) <= (second?.x ?? 0) &&
      (third?.x ?? -1) >= 0
    );
  };
  expect(await apart()).toBe(true);
  await open(page, 0);
  await open(page, 1);
  await expect.poll(apart).toBe(true);
  await open(page, 2);
  await expect(panel(page, 0)).toBeHidden();
  await expect(panel(page, 1)).toBeVisible();
  await expect.poll(apart).toBe(true);
});

test('on a phone it takes the screen, stays above the keyboard and lets the page scroll again', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto(gallery.box());
  await open(page);
  const overflow = () => page.evaluate(() => document.documentElement.style.overflow);
  expect(await panel(page).boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 640 });
  expect(await overflow()).toBe('hidden');
  await page.evaluate(() => {
    Object.defineProperty(visualViewport, 'height', { value: 340, configurable: true });
    visualViewport?.dispatchEvent(new Event('resize'));
  });
  expect(await panel(page).boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 340 });
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();
  await expect(launcher(page)).toBeFocused();
  expect(await overflow()).toBe('');
});

test('turned from narrow to wide it becomes a box beside the page', async ({ page }) => {
  await page.setViewportSize({ width: 480, height: 640 });
  await page.goto(gallery.box());
  await open(page);
  expect((await panel(page).boundingBox())?.width).toBe(480);
  await page.setViewportSize({ width: 481, height: 640 });
  await expect.poll(async () => (await panel(page).boundingBox())?.width).toBe(360);
  await expect.poll(() => page.evaluate(() => document.documentElement.style.overflow)).toBe('');
});

test('moved from body to body, some promises apart, it keeps its session and what is written', async ({
  page,
}) => {
  await page.goto(gallery.box());
  await open(page);
  await composer(page).fill('still here');
  await page.evaluate(async () => {
    const { boxes } = (globalThis as unknown as { gallery: GalleryPage }).gallery;
    const body = document.createElement('body');
    document.body.replaceWith(body);
    for (let i = 0; i < 10; i++) await Promise.resolve();
    body.append(boxes[0]);
  });
  await expect(composer(page)).toHaveValue('still here');
  await expect(panel(page)).toBeVisible();
  expect(
    await page.evaluate('globalThis.gallery.chat.log.filter((line) => line === "join" || line === "leave")'),
  ).toEqual([]);
});

test('removed, it frees everything: subscriptions, title, icon, scrolling', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto(gallery.box({ rooms: 'cafe,garden' }));
  const watchers = () => page.evaluate('globalThis.gallery.chat.watchers');
  const none = await watchers();
  await open(page, 1);
  await minimise(page, 1).click();
  await open(page, 0);
  await minimise(page, 0).click();
  await said(page, 'one');
  await expect(page).toHaveTitle(/^\(1\)/);
  await launcher(page, 1).click();
  await expect(panel(page, 1)).toBeVisible();
  await page.evaluate('for (const box of globalThis.gallery.boxes) box.remove()');
  await expect.poll(watchers).toEqual(none);
  await expect(page).toHaveTitle('A page with a box');
  await expect(page.locator('link[data-meerkat-badge]')).toHaveCount(0);
  expect(await page.evaluate(() => document.documentElement.style.overflow)).toBe('');
});

test('a sandboxed frame, without storage, opens and minimises', async ({ page }) => {
  await page.goto(gallery.box());
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await page.setContent(
    `<iframe sandbox="allow-scripts" width="800" height="600" src="${gallery.box()}"></iframe>`,
  );
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: 'Open chat cafe' }).click();
  await expect(frame.getByRole('textbox')).toBeVisible();
  await frame.getByRole('button', { name: 'Minimise' }).click();
  await expect(frame.getByRole('dialog')).toBeHidden();
  expect(problems).toEqual([]);
});
