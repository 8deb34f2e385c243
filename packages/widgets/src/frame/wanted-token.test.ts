import { FakeClock } from '@meerkat-chat/sdk/testing';
import { expect, test } from 'vitest';
import { TOKEN_PATIENCE, WantedToken } from './wanted-token.js';

const SHOP = 'https://shop.example';

function scene() {
  const clock = new FakeClock();
  let over = 0;
  const wanted = new WantedToken(
    { tokenOrigins: [SHOP], after: (delay, run) => clock.after(delay, run) },
    () => over++,
  );
  return { clock, wanted, over: () => over };
}

test('what the page gives ends the wait', async () => {
  const { clock, over, wanted } = scene();
  expect(wanted.mayAsk(SHOP)).toBe(true);
  wanted.hear(SHOP, 'a.b.c');
  expect(await wanted.given).toBe('a.b.c');
  expect([over(), clock.pending]).toEqual([1, 0]);
});

test('it is waited for up to a bound', async () => {
  const { clock, over, wanted } = scene();
  clock.advance(TOKEN_PATIENCE - 1);
  expect(over()).toBe(0);
  clock.advance(1);
  await expect(wanted.given).rejects.toThrow('gives no token');
  expect(over()).toBe(1);
});

test('of a page that may not, nothing is taken', async () => {
  const { wanted } = scene();
  wanted.hear('https://evil.example', 'a.b.c');
  await expect(wanted.given).rejects.toThrow('pages of https://evil.example may not');
});
