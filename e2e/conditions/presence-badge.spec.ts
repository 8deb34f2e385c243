import { expect, test } from '../support/fixtures.js';

test('<presence-badge>: the server is asked, and a mark with a name is shown', async ({ host, server }) => {
  const visit = await host.visit('<p>Nobody yet</p>');
  await visit.page.route(`${server.url}/status/*.json`, (route) =>
    route.fulfill({ json: { status: 'away' }, headers: { 'access-control-allow-origin': '*' } }),
  );
  await visit.frame.evaluate(() => {
    const badge = document.createElement('presence-badge');
    badge.setAttribute('user', 'k7QwZr2mP0aVx9LbN4tYcg');
    badge.setAttribute('label', 'Mira');
    document.body.append(badge);
  });
  await expect(visit.frame.getByRole('img', { name: 'Mira: Away' })).toBeVisible();
});

test('<presence-badge> of an id that the server does not know says so', async ({ host }) => {
  const visit = await host.visit('<presence-badge user="k7QwZr2mP0aVx9LbN4tYcg"></presence-badge>');
  await expect(visit.frame.getByRole('img', { name: 'Unknown' })).toBeVisible();
});
