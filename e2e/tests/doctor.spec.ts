import type { FrameLocator, Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.js';
import { NoWebSocketProxy } from '../support/no-websocket-proxy.js';
import type { OtherSite } from '../support/other-site.js';
import { ServerProcess } from '../support/server-process.js';

// `/embed/doctor` in frames that block one thing each: it says which, and what to change.

const NOTHING_BLOCKED = 'allow="clipboard-write; storage-access"';

/** Opens a page of another site with the doctor in a frame, and waits for what it concludes. */
async function examine(
  page: Page,
  site: OtherSite,
  server: string,
  attributes: string,
  more = '',
  from = site.url,
) {
  site.page(
    '/blog.html',
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>A blog</title>
<iframe title="Doctor" width="720" height="1400" src="${server}/embed/doctor" ${attributes}></iframe>${more}</html>`,
  );
  await page.goto(`${from}/blog.html`);
  const frame = page.frameLocator('iframe');
  await expect(frame.locator('.summary')).not.toHaveAttribute('data-state', 'waiting');
  return frame;
}

/** Every check that is not good, with its state. */
async function troubles(frame: FrameLocator): Promise<Record<string, string>> {
  const rows = await frame
    .locator('[data-check]')
    .evaluateAll((all) =>
      all.map((row) => [
        (row as HTMLElement).dataset['check'] ?? '',
        (row as HTMLElement).dataset['state'] ?? '',
      ]),
    );
  return Object.fromEntries(rows.filter(([, state]) => state !== 'good' && state !== 'skipped'));
}

test('a page that blocks nothing is told so, with what a press allows', async ({ otherSite, browser }) => {
  const server = await ServerProcess.start({
    env: { MEERKAT_EMBED__TOKEN_ORIGINS: JSON.stringify([otherSite.url]) },
  });
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  try {
    const page = await context.newPage();
    const loader = `<script type="module" src="${server.url}/embed/frame.js"></script>`;
    const frame = await examine(page, otherSite, server.url, `data-meerkat ${NOTHING_BLOCKED}`, loader);
    await expect(frame.getByText('Everything works here.')).toBeVisible();
    expect(await troubles(frame)).toEqual({});
    await frame.getByRole('button', { name: 'Check these too' }).click();
    await expect(frame.locator('[data-check=popups]')).toHaveAttribute('data-state', 'good');
    await expect(frame.locator('[data-check=clipboard]')).toHaveAttribute('data-state', 'good');
    await frame.getByRole('button', { name: 'Copy the report' }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(`Works: Inside a frame (${otherSite.url})`);
    expect(copied).toContain('Works: WebSocket');
  } finally {
    await context.close();
    await server.stop();
  }
});

const inFrames: readonly (readonly [what: string, attributes: string, troubles: Record<string, string>])[] = [
  [
    'no origin, no forms',
    `sandbox="allow-scripts" ${NOTHING_BLOCKED}`,
    { origin: 'bad', forms: 'bad', storage: 'bad', cookies: 'bad', partitioned: 'bad' },
  ],
  ['no forms', `sandbox="allow-scripts allow-same-origin" ${NOTHING_BLOCKED}`, { forms: 'bad' }],
  [
    'the clipboard and storage access',
    `allow="clipboard-write 'none'; storage-access 'none'"`,
    { policy: 'limited' },
  ],
  ['the referrer', `referrerpolicy="no-referrer" ${NOTHING_BLOCKED}`, { referrer: 'limited' }],
];
for (const [what, attributes, expected] of inFrames) {
  test(`a frame that blocks ${what}`, async ({ server, otherSite, page }) => {
    const frame = await examine(page, otherSite, server.url, attributes);
    expect(await troubles(frame)).toEqual({ loader: 'limited', tokens: 'limited', ...expected });
    for (const check of Object.keys(expected)) {
      await expect(frame.locator(`[data-check=${check}] .advice`)).toBeVisible();
    }
  });
}

test('a frame that blocks scripts is told in words', async ({ server, otherSite, page }) => {
  otherSite.page(
    '/blog.html',
    `<iframe title="Doctor" width="700" height="600" sandbox="allow-same-origin" src="${server.url}/embed/doctor"></iframe>`,
  );
  await page.goto(`${otherSite.crossSiteUrl}/blog.html`);
  const frame = page.frameLocator('iframe');
  await expect(frame.locator('noscript p')).toBeVisible();
  await expect(frame.locator('noscript p')).toContainText('Scripts are blocked, so there can be no chat.');
  await expect(frame.locator('ul')).toBeHidden();
});

test('a frame that blocks popups and the clipboard: a report to copy by hand', async ({
  server,
  otherSite,
  page,
}) => {
  const sandbox = 'sandbox="allow-scripts allow-same-origin allow-forms" allow="clipboard-write \'none\'"';
  const frame = await examine(page, otherSite, server.url, sandbox);
  await frame.getByRole('button', { name: 'Check these too' }).click();
  await expect(frame.locator('[data-check=popups]')).toHaveAttribute('data-state', 'bad');
  await expect(frame.locator('[data-check=clipboard]')).toHaveAttribute('data-state', 'bad');
  await frame.getByRole('button', { name: 'Copy the report' }).click();
  await expect(frame.getByRole('textbox')).toHaveValue(
    /Blocked: Links in a new window\n {2}Add allow-popups/,
  );
});

test('a proxy that passes no WebSocket limits the chat; one that passes nothing stops it', async ({
  server,
  otherSite,
  page,
}) => {
  const proxy = await NoWebSocketProxy.start(server.url);
  try {
    const frame = await examine(page, otherSite, proxy.url, NOTHING_BLOCKED);
    expect(await troubles(frame)).toMatchObject({ websocket: 'bad' });
    await expect(frame.getByText('The chat works here, with limits.')).toBeVisible();
    await page.route('**/http-bind', (route) => route.abort());
    const stopped = await examine(page, otherSite, proxy.url, NOTHING_BLOCKED);
    expect(await troubles(stopped)).toMatchObject({ websocket: 'bad', bosh: 'bad' });
    await expect(stopped.getByText('Something here stops the chat.')).toBeVisible();
  } finally {
    await proxy.stop();
  }
});

/** A proxy before the server that adds a policy of its own. */
async function withPolicy(page: Page, policy: string): Promise<void> {
  await page.route('**/embed/doctor', async (route) => {
    const response = await route.fetch();
    const own = response.headers()['content-security-policy'];
    const headers = { ...response.headers(), 'content-security-policy': `${own}, ${policy}` };
    await route.fulfill({ response, headers });
  });
}

test('a policy that a proxy adds is told of, with what it blocks', async ({ server, otherSite, page }) => {
  await withPolicy(page, `connect-src ${server.url}`);
  const frame = await examine(page, otherSite, server.url, NOTHING_BLOCKED);
  expect(await troubles(frame)).toMatchObject({ websocket: 'bad', csp: 'bad' });
  const row = frame.locator('[data-check=csp]');
  await expect(row.locator('.detail')).toHaveText(`connect-src ${server.webSocketUrl}`);
  await expect(row.locator('.advice')).toBeVisible();
  await expect(frame.getByText('The chat works here, with limits.')).toBeVisible();
});

test('a policy that lets no script of ours run is told of in words', async ({ server, otherSite, page }) => {
  await withPolicy(page, "script-src 'none'");
  otherSite.page(
    '/blog.html',
    `<iframe title="Doctor" width="720" height="700" src="${server.url}/embed/doctor"></iframe>`,
  );
  await page.goto(`${otherSite.url}/blog.html`);
  const late = page.frameLocator('iframe').locator('.late');
  await expect(late).toHaveCSS('padding-top', '12px');
  await expect(late).toContainText('The script of this page does not arrive');
});

test('a page that the server does not let frame the chat', async ({ otherSite, page }) => {
  const server = await ServerProcess.start({ env: { MEERKAT_EMBED__ANCESTORS: '["https://shop.example"]' } });
  try {
    const frame = await examine(page, otherSite, server.url, NOTHING_BLOCKED);
    expect(await troubles(frame)).toMatchObject({ ancestors: 'bad' });
    await expect(frame.locator('[data-check=ancestors] .detail')).toHaveText(otherSite.url);
    await expect(frame.getByText('Something here stops the chat.')).toBeVisible();
  } finally {
    await server.stop();
  }
});

test('a browser that blocks cookies of other sites lets those through that are for the page alone', async ({
  server,
  otherSite,
  page,
}) => {
  // So does Chromium in a window without a history, which the tests' are.
  const frame = await examine(page, otherSite, server.url, NOTHING_BLOCKED, '', otherSite.crossSiteUrl);
  expect(await troubles(frame)).toEqual({
    loader: 'limited',
    tokens: 'limited',
    storage: 'bad',
    cookies: 'bad',
  });
});

test('by itself it says where it belongs, in the language of the reader', async ({ server, browser }) => {
  const page = await (await browser.newContext({ locale: 'de-DE' })).newPage();
  await page.goto(`${server.url}/embed/doctor`);
  await expect(page.getByText('Hier geht alles.')).toBeVisible();
  await expect(page.getByText('Diese Seite steht für sich allein.')).toBeVisible();
});
