import { expect, type Page, test } from '@playwright/test';
import { Gallery } from '../support/gallery.js';

// <chat-box with=PERSON> on a fake chat, beside others; and what a box remembers of a page.

let gallery: Gallery;
test.beforeAll(async () => {
  gallery = await Gallery.open();
});
test.afterAll(() => gallery.close());

const box = (page: Page, name: string) => page.locator(`chat-box[data-name="${name}"]`);
const composer = (page: Page, name: string) => box(page, name).getByRole('textbox', { name: /^Message to/ });
const launcher = (page: Page, name: string) => box(page, name).getByRole('button', { name: /^Open chat/ });

/** Opens a box, and marks it with a name to find it by. */
async function open(page: Page, at: number, name: string): Promise<void> {
  await page
    .locator('chat-box')
    .nth(at)
    .evaluate((element, value) => element.setAttribute('data-name', value), name);
  await launcher(page, name).click();
  await expect(composer(page, name)).toBeVisible();
}

interface GalleryPage {
  readonly chat: {
    conversation(name: string): {
      receive(message: object): void;
      receipt(key: string): void;
      send(text: string): string;
      showHere(here: boolean): void;
      refuse(reason: string): void;
      readonly typing: { set(names: readonly string[]): void };
    };
    readonly log: readonly string[];
  };
}

/** Plays the other one, in the page. */
const act = (page: Page, what: (talk: ReturnType<GalleryPage['chat']['conversation']>) => void) =>
  page.evaluate(`(${what})(globalThis.gallery.chat.conversation('support'))`);

test('a person is shown by name, with whether they are there, and what becomes of a message', async ({
  page,
}) => {
  await page.goto(gallery.box({ with: 'support', messages: '0', here: 'no' }));
  await open(page, 0, 'support');
  const support = box(page, 'support');
  await expect(support.getByText('Say hello to support.')).toBeVisible();
  await expect(support.getByText('Away', { exact: true })).toBeVisible();
  await expect(
    support.getByText('support is away. They will see your message when they are back.'),
  ).toBeVisible();
  await expect(support.getByRole('button', { name: /here$/ })).toHaveCount(0);

  await composer(page, 'support').fill('Hello');
  await composer(page, 'support').press('Enter');
  const last = support.getByRole('article').last();
  const word = () => last.evaluate((row) => getComputedStyle(row, '::after').content);
  await expect.poll(word).toBe('"Sent"');
  await page.evaluate(() => {
    const { chat } = (globalThis as unknown as { gallery: { chat: GalleryPage['chat'] } }).gallery;
    const talk = chat.conversation('support') as unknown as {
      messages: { value: readonly { key: string }[] };
      receipt(key: string): void;
      showHere(here: boolean): void;
    };
    talk.receipt(talk.messages.value.at(-1)?.key ?? '');
    talk.showHere(true);
  });
  await expect.poll(word).toBe('"Delivered"');
  await expect(support.getByText('Here now')).toBeVisible();
  await expect(support.getByText('is away')).toHaveCount(0);
  await act(page, (talk) => talk.typing.set(['support']));
  await expect(support.getByText('support is typing')).toBeVisible();
});

test('who may not be written to is said of a person, without a way to write', async ({ page }) => {
  await page.goto(gallery.box({ with: 'support', messages: '0' }));
  await open(page, 0, 'support');
  await act(page, (talk) => talk.refuse('not-allowed'));
  await expect(
    box(page, 'support').getByText('You cannot write to this person.', { exact: true }),
  ).toBeVisible();
  await expect(composer(page, 'support')).toHaveCount(0);
});

test('a person and a room of the same name stand side by side, each with its own draft and count', async ({
  page,
}) => {
  const url = gallery.box({ rooms: 'support', with: 'support' });
  await page.goto(url);
  await open(page, 0, 'room');
  await open(page, 1, 'person');
  await composer(page, 'room').fill('for all');
  await composer(page, 'person').fill('for one');
  await page.reload();
  for (const [at, draft] of [
    ['0', 'for all'],
    ['1', 'for one'],
  ] as const) {
    const field = page
      .locator('chat-box')
      .nth(Number(at))
      .getByRole('textbox', { name: /^Message to/ });
    await expect(field).toHaveValue(draft);
  }
  const person = page.locator('chat-box').nth(1);
  await person.getByRole('button', { name: 'Minimise' }).click();
  await act(page, (talk) => talk.receive({ text: 'psst' }));
  await expect(person.getByRole('button', { name: 'Open chat support, 1 unread message' })).toBeVisible();
  await expect(page).toHaveTitle(/^\(1\)/);
});

test('the box of a page is the same by whichever address the page is come to', async ({ page }) => {
  const story = async (path: string, head: string) => {
    await page.route(`**${path}?*`, async (route) => {
      const response = await route.fetch({ url: gallery.box() });
      const html = (await response.text())
        .replaceAll('./assets', '/assets')
        .replace('<head>', `<head>${head}`);
      await route.fulfill({ response, body: html });
    });
    return new URL(`${path}?rooms=page`, gallery.box()).href;
  };
  const plain = await story('/story', '');
  const light = await story('/amp/story', '<link rel="canonical" href="/story">');
  const other = await story('/other', '');
  await page.goto(plain);
  await open(page, 0, 'page');
  await composer(page, 'page').fill('half a thought');
  await page.goto(light);
  await expect(page.locator('chat-box').getByRole('textbox', { name: /^Message to/ })).toHaveValue(
    'half a thought',
  );
  await page.goto(other);
  await expect(page.locator('chat-box')).toHaveAttribute('state', 'closed');
});
