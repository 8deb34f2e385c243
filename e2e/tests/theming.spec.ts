import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { Gallery } from '../support/gallery.js';

// What an element takes from its page when nobody has told it how to look. The maths of contrast is tested with the tokens;
// here a real browser has to come to the same.

let gallery: Gallery;
test.beforeAll(async () => {
  gallery = await Gallery.open();
});
test.afterAll(() => gallery.close());

/** Shows the element on a page with this style and nothing else that says how it looks. */
async function onPage(page: Page, css: string, more = ''): Promise<void> {
  await page.route('**/states.html*', async (route) => {
    const response = await route.fetch();
    const body = (await response.text())
      .replace(/<style>[\s\S]*<\/style>/, `<style>chat-room { height: 400px } ${css}</style>`)
      .replace('<main>', `${more}<main>`);
    await route.fulfill({ response, body });
  });
  await page.goto(gallery.url('joined'));
  await expect(page.locator('chat-room .row').first()).toBeVisible();
}

/** How light the ground of the element is, 0 to 255. */
const ground = (page: Page) => page.evaluate(() => light('.frame', 'backgroundColor'));

declare function light(selector: string, property: 'backgroundColor' | 'color'): number;
declare function ratio(): number;
declare function style(text: string): HTMLStyleElement;

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    const rgb = (selector: string, property: 'backgroundColor' | 'color'): number[] => {
      const element = document.querySelector('chat-room')?.shadowRoot?.querySelector(selector);
      const context = new OffscreenCanvas(1, 1).getContext('2d');
      if (!element || !context) throw new Error(`there is no ${selector}`);
      context.fillStyle = getComputedStyle(element)[property];
      context.fillRect(0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data];
    };
    const luminance = (colour: number[]): number => {
      const [r = 0, g = 0, b = 0] = colour.map((part) => {
        const value = part / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (one: number, other: number): number =>
      (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    Object.assign(globalThis, {
      style: (text: string) => Object.assign(document.createElement('style'), { textContent: text }),
      light: (selector: string, property: 'backgroundColor' | 'color') => {
        const [r = 0, g = 0, b = 0] = rgb(selector, property);
        return (r + g + b) / 3;
      },
      ratio: () => {
        const [accent, on, bg] = [
          luminance(rgb('.send', 'backgroundColor')),
          luminance(rgb('.send', 'color')),
          luminance(rgb('.frame', 'backgroundColor')),
        ];
        return Math.min(contrast(accent, on), contrast(accent, bg));
      },
    });
  });
});

test('a dark page on a light system has a dark chat, and the other way round', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await onPage(page, 'body { background: #14181a; color: #e8e8e8 }');
  expect(await ground(page)).toBeLessThan(60);
  await page.unrouteAll();
  await page.emulateMedia({ colorScheme: 'dark' });
  await onPage(page, 'body { background: white; color: #222 }');
  expect(await ground(page)).toBe(255);
});

test('what the page says of its scheme is enough, and so is the text on a picture', async ({ page }) => {
  await onPage(page, 'html { color-scheme: dark }');
  expect(await ground(page)).toBeLessThan(60);
  await page.unrouteAll();
  await onPage(page, 'body { background: linear-gradient(#101820, #201018); color: white }');
  expect(await ground(page)).toBeLessThan(60);
});

test.describe('it follows', () => {
  const css =
    'html { color-scheme: light dark } .dark { background: #000; color: #fff } [data-theme=dark] { background: #101010; color: #eee; transition: color .2s }';
  for (const [what, turn] of [
    ['a class of the root', () => document.documentElement.classList.add('dark')],
    ['an attribute of the body, which fades', () => document.body.setAttribute('data-theme', 'dark')],
    ['a style sheet that comes', () => document.head.append(style('main { background: #111; color: #ddd }'))],
  ] as const) {
    test(what, async ({ page }) => {
      await onPage(page, css);
      expect(await ground(page)).toBe(255);
      await page.evaluate(turn);
      await expect.poll(() => ground(page)).toBeLessThan(60);
    });
  }

  test('the system', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await onPage(page, css);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => ground(page)).toBeLessThan(60);
  });

  test('but not when it has been told', async ({ page }) => {
    await onPage(page, css);
    await page.locator('chat-room').evaluate((element) => element.setAttribute('theme', 'light'));
    await page.evaluate(() => document.documentElement.classList.add('dark'));
    await page.locator('chat-room').evaluate((element) => element.setAttribute('theme', 'dark'));
    expect(await ground(page)).toBeLessThan(60);
    await page.locator('chat-room').evaluate((element) => element.setAttribute('theme', 'light'));
    expect(await ground(page)).toBe(255);
  });
});

/** The accent as the element has it. */
const accent = (page: Page) =>
  page
    .locator('chat-room')
    .evaluate((element) =>
      getComputedStyle(element.shadowRoot?.querySelector('.send') ?? element).backgroundColor.replace(
        /[\d.]+/g,
        (number) => Number(number).toFixed(2),
      ),
    );

test('the accent is that of the page: accent-color, else its links, else our own', async ({ page }) => {
  await onPage(page, '', '<p>A <a href="#">link</a> that nobody has coloured</p>');
  const ours = await accent(page);
  await page.unrouteAll();
  const link = '<nav><a href="#" style="color: green">Home</a></nav><p>A <a href="#">link</a></p>';
  await onPage(page, 'a { color: #8a1c5c }', link);
  const links = await accent(page);
  expect(links).not.toBe(ours);
  // Beyond the second look that follows when it came into the page: what is heard then is the change itself.
  await page.locator('chat-room').evaluate(
    (element) =>
      new Promise((heard) => {
        element.shadowRoot?.querySelector('.page')?.addEventListener('transitionend', heard, { once: true });
        document.head.append(style('html { accent-color: #7c3aed }'));
      }),
  );
  await expect.poll(() => accent(page)).not.toBe(links);
  const page2 = await accent(page);
  await page.evaluate(() => document.head.append(style('chat-room { --chat-accent: #7c3aed }')));
  expect(await accent(page)).toBe(page2);
});

test('contrast is kept whatever accent comes', async ({ page }) => {
  await onPage(page, 'html { accent-color: #7c3aed }');
  for (const scheme of ['light', 'dark']) {
    await page
      .locator('chat-room')
      .evaluate((element, theme) => element.setAttribute('theme', theme), scheme);
    for (const colour of [
      ...['yellow', 'white', 'black', 'transparent', 'red', 'blue', 'lime', 'aqua', 'fuchsia', 'gray'],
      ...['rebeccapurple', '#ffd400', '#00ffc8', '#ff7a0080', 'oklch(0.9 0.4 150)', 'hsl(60 100% 50%)'],
      ...['currentColor', 'banana', '', 'var(--nothing)', 'color(display-p3 0 1 0)', 'AccentColor'],
    ]) {
      await page
        .locator('chat-room')
        .evaluate((element, value) => element.style.setProperty('--chat-accent', value), colour);
      await expect
        .poll(() => page.evaluate(() => ratio()), { message: `${colour} in ${scheme}` })
        .toBeGreaterThanOrEqual(4.48);
    }
  }
});

test('nothing moves while it finds out', async ({ page }) => {
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await onPage(page, 'body { background: #111; color: #eee } main { max-width: 720px }');
  await page.evaluate(() => document.body.setAttribute('style', 'background: #fff; color: #111'));
  await expect.poll(() => ground(page)).toBe(255);
  expect(await page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts)).toEqual([]);
});

test('the language is that of the page, from the first word on', async ({ page }) => {
  await page.route('**/states.html*', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace('lang="en"', 'lang="pt-BR"') });
  });
  await page.addInitScript(() => {
    const said = new Set<string>();
    Object.assign(globalThis, { said });
    const look = (): void => {
      const field = document.querySelector('chat-room')?.shadowRoot?.querySelector('textarea');
      if (field) said.add(field.placeholder);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(gallery.url('joined'));
  await expect(page.getByRole('textbox', { name: 'Mensagem para lobby' })).toBeVisible();
  const said = () => page.evaluate(() => [...(globalThis as unknown as { said: Set<string> }).said]);
  await expect.poll(said).toEqual(['Escreva uma mensagem']);
  // What few get to see comes in the same language.
  await page.evaluate(() => {
    const { room } = (globalThis as unknown as { gallery: { room: { refuse(reason: string): void } } })
      .gallery;
    room.refuse('banned');
  });
  await expect(page.getByText('A sua entrada nesta sala está proibida.', { exact: true })).toBeVisible();
});
