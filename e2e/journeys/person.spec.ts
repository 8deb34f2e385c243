import type { Page } from '@playwright/test';
import { meerkat } from '../support/bare-client.js';
import { BuiltSite } from '../support/built-site.js';
import { expect, test } from '../support/fixtures.js';

// A visitor writes to a person of the site, who has an account and answers from another page.

let site: BuiltSite;
test.beforeAll(async () => {
  site = await BuiltSite.open('e2e/pages/vite.config.ts');
});
test.afterAll(() => site.close());

test.use({ serverOptions: { env: { MEERKAT_MODULES__DIRECT__GUESTS_MAY_WRITE: '["support"]' } } });

/** A `<chat-box>` with one person, as somebody uses it. */
class PersonBox {
  readonly box;
  readonly composer;
  readonly rows;

  constructor(page: Page) {
    this.box = page.locator('chat-box');
    this.composer = this.box.getByRole('textbox', { name: /^Message to/ });
    this.rows = this.box.getByRole('article');
  }

  async open(): Promise<void> {
    await this.box.getByRole('button', { name: /^Open chat/ }).click();
    await expect(this.composer).toBeVisible();
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** Waits until a message stands there once, and the server has it. */
  async sees(text: string): Promise<void> {
    await expect(
      this.rows.filter({ hasText: text }).and(this.box.locator('[data-delivery=delivered]')),
    ).toHaveCount(1);
  }

  texts(): Promise<string[]> {
    return this.box.locator('[part=text]').allTextContents();
  }
}

test('a visitor and a person of the site talk, over reloads on both sides, and when nobody is there', async ({
  server,
  otherSite,
  browser,
}) => {
  await meerkat('user', 'add', 'support', '--password', 'pencil case', '--data', server.dataFolder);
  const page = await browser.newPage();
  await page.goto(
    otherSite.page(
      '/help.html',
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>Help</title>
      <script type="module" src="${server.url}/embed.js"></script>
      <chat-box with="support" label="Support"></chat-box></html>`,
    ),
  );
  const visitor = new PersonBox(page);
  await visitor.open();
  await expect(visitor.box.getByText('Say hello to Support.')).toBeVisible();
  await expect(visitor.box.getByText('Support is away.')).toBeVisible();

  // Nobody is there: it is kept, and found at the sign-in. No name is asked for.
  await visitor.say('Is the bench still for sale?');
  await visitor.sees('Is the bench still for sale?');
  const guest = await guestOf(page);

  const desk = await browser.newPage();
  const signIn = { server: server.url, name: 'support', password: 'pencil case', with: guest };
  await desk.goto(`${site.url}/account.html?${new URLSearchParams(signIn)}`);
  const support = new PersonBox(desk);
  await support.open();
  await support.sees('Is the bench still for sale?');
  await support.say('Yes, it is');
  await visitor.sees('Yes, it is');
  await support.sees('Yes, it is');
  await expect(support.rows.last()).toHaveAttribute('data-received');

  // Both windows again.
  await page.reload();
  await visitor.sees('Yes, it is');
  // The rows come from the page before; that one writes is told once it is back in the conversation.
  await expect(visitor.box.getByText('Here now')).toBeVisible();
  await visitor.composer.pressSequentially('May I see');
  await expect(support.box.getByText('is typing')).toBeVisible();
  await visitor.say('May I see it?');
  await support.sees('May I see it?');
  await desk.reload();
  await support.sees('May I see it?');
  const said = ['Is the bench still for sale?', 'Yes, it is', 'May I see it?'];
  expect([await visitor.texts(), await support.texts()]).toEqual([said, said]);

  // What is said while the box is minimised is counted.
  await visitor.box.getByRole('button', { name: 'Minimise' }).click();
  await support.say('Any time');
  await expect(
    visitor.box.getByRole('button', { name: 'Open chat Support, 1 unread message' }),
  ).toBeVisible();
});

/** The address of the visitor, as their page knows it. */
function guestOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const texts = [...Object.values(sessionStorage), ...Object.values(localStorage)].map(String);
    const [found] = texts.flatMap((text) => /guest-[a-z0-9]+@localhost/i.exec(text) ?? []);
    return found ?? '';
  });
}
