import type { Page } from '@playwright/test';
import { meerkat, signIn } from '../support/bare-client.js';
import { expect, test } from '../support/fixtures.js';

const ID = 'k7QwZr2mP0aVx9LbN4tYcg';
const KEEP_THE_PLACE =
  '<style>presence-badge:not(:defined) { display: inline-block; width: max(.75em, 10px); height: max(.75em, 10px) }</style>';
const script = (server: string) => `<script type="module" src="${server}/embed.js"></script>`;

/** Answers for the statuses of a server, as `/status/ID.json` does, and counts how often each one is asked for. */
async function answer(page: Page, server: string, status: (id: string) => unknown) {
  const asked: string[] = [];
  await page.route(`${server}/status/*.json`, async (route) => {
    const id = /(\w+)\.json$/.exec(route.request().url())?.[1] ?? '';
    asked.push(id);
    const body = status(id);
    if (body === undefined) await route.abort('connectionrefused');
    else {
      const headers = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' };
      await route.fulfill({ json: body, headers });
    }
  });
  return asked;
}

test('every state has its name and its shape, and nothing moves when one comes', async ({
  server,
  otherSite,
  page,
}) => {
  await answer(page, server.url, (id) => ({ status: id }));
  const states = ['online', 'away', 'dnd', 'offline', 'unknown'];
  const badges = states.map((id) => `<p><presence-badge user="${id}"></presence-badge> ${id}</p>`).join('');
  await page.addInitScript(() => {
    Object.assign(window, { shift_: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        (window as unknown as { shift_: number }).shift_ += (entry as unknown as { value: number }).value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(otherSite.page('/people.html', KEEP_THE_PLACE + badges + script(server.url)));
  for (const name of ['Online', 'Away', 'Do not disturb', 'Offline', 'Unknown']) {
    await expect(page.getByRole('img', { name, exact: true })).toBeVisible();
    await expect(page.getByTitle(name, { exact: true })).toBeVisible();
  }
  const shapes = await page.locator('presence-badge').evaluateAll((elements) =>
    elements.map((element) => {
      const part = (selector: string) => element.shadowRoot?.querySelector(selector) as Element;
      const { fill, strokeDasharray } = getComputedStyle(part('circle'));
      return [fill === 'none', strokeDasharray, getComputedStyle(part('path')).display].join(' ');
    }),
  );
  expect(new Set(shapes).size).toBe(states.length);
  expect(await page.evaluate(() => (window as unknown as { shift_: number }).shift_)).toBe(0);
});

test('the words keep the width of the longest one, and a label says whose presence it is', async ({
  server,
  otherSite,
  page,
}) => {
  let status = 'dnd';
  await answer(page, server.url, () => ({ status }));
  await page.clock.install();
  await page.goto(
    otherSite.page(
      '/words.html',
      `<presence-badge user="${ID}" label></presence-badge><presence-badge user="${ID}" label="Mira"></presence-badge>${script(server.url)}`,
    ),
  );
  const words = page.locator('presence-badge').first();
  await expect(page.getByRole('img', { name: 'Mira: Do not disturb' })).toBeVisible();
  const before = await words.boundingBox();
  status = 'away';
  await page.clock.fastForward(37_000);
  await expect(page.getByRole('img', { name: 'Mira: Away' })).toBeVisible();
  await expect(words.locator('[data-now]')).toHaveText('Away');
  expect(await words.boundingBox()).toEqual(before);
});

test('one request for all badges of an id, none while it cannot be seen, and an event per change', async ({
  server,
  otherSite,
  page,
}) => {
  const asked = await answer(page, server.url, () => ({ status: 'online', since: 5 }));
  await page.clock.install();
  await page.goto(
    otherSite.page(
      '/many.html',
      `<presence-badge user="top"></presence-badge><presence-badge user="top"></presence-badge>
       <script>document.addEventListener('presence-change', ({ state, since }) => (window.seen_ ??= []).push([state, since]))</script>
       <p style="height: 4000px"></p><presence-badge user="below"></presence-badge>${script(server.url)}`,
    ),
  );
  await expect(page.getByRole('img', { name: 'Online' })).toHaveCount(2);
  expect(asked).toEqual(['top']);
  await page.clock.fastForward(37_000);
  await expect.poll(() => asked).toEqual(['top', 'top']);
  expect(await page.evaluate(() => (window as unknown as { seen_: unknown }).seen_)).toEqual([
    ['online', 5],
    ['online', 5],
  ]);

  await page.locator('presence-badge').last().scrollIntoViewIfNeeded();
  await expect(page.getByRole('img', { name: 'Online' })).toHaveCount(3);
  expect(asked).toEqual(['top', 'top', 'below']);
  await page
    .locator('presence-badge')
    .last()
    .evaluate((badge) => badge.remove());
  await page.clock.fastForward(120_000);
  expect(asked).toEqual(['top', 'top', 'below']);
});

test('moved, it keeps what it knows; of somebody else it knows nothing yet', async ({
  server,
  otherSite,
  page,
}) => {
  const asked = await answer(page, server.url, (id) => (id === 'nobody' ? undefined : { status: 'online' }));
  await page.goto(
    otherSite.page(
      '/move.html',
      `<presence-badge user="${ID}"></presence-badge><p></p>${script(server.url)}`,
    ),
  );
  const badge = page.getByRole('img');
  await expect(badge).toHaveAccessibleName('Online');
  await page.evaluate(() =>
    document.querySelector('p')?.append(document.querySelector('presence-badge') ?? ''),
  );
  await expect(badge).toHaveAccessibleName('Online');
  expect(asked).toEqual([ID]);
  await page.evaluate(() => document.querySelector('presence-badge')?.setAttribute('user', 'nobody'));
  await expect(badge).toHaveAccessibleName('Unknown');
  await page.evaluate(() => document.querySelector('presence-badge')?.setAttribute('user', 'mira@localhost'));
  await expect(badge).toHaveAccessibleName('Unknown');
  expect(asked.filter((id) => id !== ID && id !== 'nobody')).toEqual([]);
});

test('properties that a framework has set before the class is there are not lost', async ({
  server,
  otherSite,
  page,
}) => {
  await answer(page, server.url, () => ({ status: 'away' }));
  await page.goto(
    otherSite.page(
      '/early.html',
      `<script>
        const badge = document.createElement('presence-badge');
        Object.assign(badge, { user: '${ID}', label: 'Tom', words: { away: 'Abwesend' } });
        document.body.append(badge);
      </script>${script(server.url)}`,
    ),
  );
  await expect(page.getByRole('img', { name: 'Tom: Abwesend' })).toBeVisible();
});

test('a page that is not shown asks nothing; when it is shown again, it asks', async ({
  server,
  otherSite,
  page,
}) => {
  const asked = await answer(page, server.url, () => ({ status: 'online' }));
  await page.clock.install();
  await page.goto(
    otherSite.page('/hidden.html', `<presence-badge user="${ID}"></presence-badge>${script(server.url)}`),
  );
  await expect(page.getByRole('img', { name: 'Online' })).toBeVisible();
  const show = (state: string) =>
    page.evaluate((visibilityState) => {
      Object.defineProperty(document, 'visibilityState', { value: visibilityState, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await show('hidden');
  await page.clock.fastForward(600_000);
  expect(asked).toHaveLength(1);
  await show('visible');
  await expect.poll(() => asked.length).toBe(2);
  await expect(page.getByRole('img', { name: 'Online' })).toBeVisible();
});

test('badges that have gone leave nothing behind', async ({ server, otherSite, page }) => {
  await answer(page, server.url, () => ({ status: 'online' }));
  await page.goto(
    otherSite.page('/churn.html', `<presence-badge user="x"></presence-badge>${script(server.url)}`),
  );
  await expect(page.getByRole('img', { name: 'Online' })).toBeVisible();
  const devTools = await page.context().newCDPSession(page);
  const left = async () => {
    await page.evaluate(async () => {
      for (let round = 0; round < 20; round++) {
        const badges = Array.from({ length: 20 }, () => document.createElement('presence-badge'));
        for (const badge of badges) badge.setAttribute('user', 'x');
        document.body.append(...badges);
        await new Promise((resolve) => requestAnimationFrame(resolve));
        for (const badge of badges) badge.remove();
      }
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    });
    await devTools.send('HeapProfiler.collectGarbage');
    const { nodes, jsEventListeners } = await devTools.send('Memory.getDOMCounters');
    return { nodes, jsEventListeners };
  };
  const before = await left();
  const after = await left();
  expect(after.jsEventListeners).toBe(before.jsEventListeners);
  // 400 badges of some ten nodes each have come and gone between the two.
  expect(after.nodes - before.nodes).toBeLessThan(100);
});

test('a status that was shared on a real server comes and goes with its person', async ({
  server,
  otherSite,
  page,
  browser,
}) => {
  await meerkat('user', 'add', 'mira', '--password', 'pencil case', '--data', server.dataFolder);
  const { stdout } = await meerkat('user', 'share', 'mira', '--data', server.dataFolder);
  const id = /[\w-]{22,}/.exec(stdout)?.[0];
  // The page's clock is put forward, the browser's cache has its own: routing turns that off.
  await page.route('**/status/*', (route) => route.continue());
  await page.clock.install();
  await page.goto(
    otherSite.page('/real.html', `<presence-badge user="${id}"></presence-badge>${script(server.url)}`),
  );
  await expect(page.getByRole('img', { name: 'Offline' })).toBeVisible();

  const mira = await browser.newPage();
  await signIn(
    mira,
    { webSocketUrl: server.webSocketUrl, name: 'mira', password: 'pencil case' },
    '<presence xmlns="jabber:client"><show>dnd</show></presence>',
  );
  await page.clock.fastForward(37_000);
  await expect(page.getByRole('img', { name: 'Do not disturb' })).toBeVisible();

  await meerkat('user', 'share', 'mira', '--off', '--data', server.dataFolder);
  await page.clock.fastForward(37_000);
  await expect(page.getByRole('img', { name: 'Unknown' })).toBeVisible();
});
