import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.js';
import { Observer } from '../support/observer.js';

// What an element leaves behind when it is removed: nothing, however often it comes and goes.

/** Counts timers (by where they were set) and sockets of a page, and remembers elements without keeping them. */
async function count(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const timers = new Map<number, string>();
    const sockets = new Set<WebSocket>();
    const elements: WeakRef<object>[] = [];
    const { setTimeout: after, setInterval: every, clearTimeout: off } = window;
    Object.assign(window, {
      setTimeout: (run: () => void, delay?: number) => {
        const id = after(() => {
          timers.delete(id);
          run();
        }, delay) as unknown as number;
        timers.set(id, new Error(`${delay} ms`).stack ?? '');
        return id;
      },
      setInterval: (run: () => void, delay?: number) => {
        const id = every(run, delay) as unknown as number;
        timers.set(id, new Error(`${delay} ms`).stack ?? '');
        return id;
      },
      clearTimeout: (id: number) => {
        timers.delete(id);
        off(id);
      },
      clearInterval: (id: number) => {
        timers.delete(id);
        off(id);
      },
      WebSocket: class extends WebSocket {
        constructor(url: string, protocols?: string) {
          super(url, protocols);
          sockets.add(this);
          this.addEventListener('close', () => sockets.delete(this), { once: true });
        }
      },
    });

    /** Looks at each frame until it is so. */
    const until = async <T>(what: () => T | null | undefined | false): Promise<T> => {
      for (let frame = 0; frame < 1000; frame++) {
        const found = what();
        if (found) return found;
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      throw new Error(`it never was: ${what}`);
    };
    const put = (tag: string, attributes: Readonly<Record<string, string>>): HTMLElement => {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      document.body.append(element);
      elements.push(new WeakRef(element));
      return element;
    };
    const rounds = {
      async 'chat-room'() {
        const room = put('chat-room', { room: 'lobby', nick: 'Mira', style: 'height: 400px' });
        const people = await until(() =>
          room.shadowRoot?.querySelector<HTMLElement>('[aria-controls=people]'),
        );
        people.click();
        elements.push(new WeakRef(await until(() => room.shadowRoot?.querySelector('#people'))));
        elements.push(new WeakRef(await until(() => room.shadowRoot?.querySelector('.row'))));
        room.remove();
      },
      async 'chat-box'() {
        const box = put('chat-box', { room: 'cafe', nick: 'Mira', state: 'open' });
        const room = await until(() => box.shadowRoot?.querySelector('chat-room'));
        elements.push(new WeakRef(room));
        await until(() => room.shadowRoot?.querySelector('textarea'));
        await until(() => room.shadowRoot?.querySelector('[aria-controls=people]'));
        box.remove();
      },
      async 'presence-badge'() {
        const badge = put('presence-badge', { user: 'k7QwZr2mP0aVx9LbN4tYcg' });
        await until(() => badge.shadowRoot?.querySelector('svg'));
        badge.remove();
      },
    };
    Object.assign(window, {
      counted: {
        async play(tag: keyof typeof rounds, times: number) {
          for (let round = 0; round < times; round++) {
            await rounds[tag]();
            // What is only moved keeps its session: the next one comes when this one has gone.
            await until(() => sockets.size === 0);
          }
        },
        left: () => ({
          timers: [...timers.values()],
          sockets: sockets.size,
          elements: elements.filter((element) => element.deref() !== undefined).length,
        }),
      },
    });
  });
}

interface Counted {
  play(tag: string, times: number): Promise<void>;
  left(): { readonly timers: readonly string[]; readonly sockets: number; readonly elements: number };
}

const play = (page: Page, tag: string, times: number) =>
  page.evaluate((args) => (window as unknown as { counted: Counted }).counted.play(...args), [
    tag,
    times,
  ] as const);

/** Nodes and listeners of the whole page, what nobody can reach any more taken away first. */
async function held(page: Page, cdp: CDPSession) {
  await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  const left = await page.evaluate(() => (window as unknown as { counted: Counted }).counted.left());
  return { ...left, nodes: metric('Nodes'), listeners: metric('JSEventListeners') };
}

const ROUNDS = 50;

for (const tag of ['chat-room', 'chat-box', 'presence-badge']) {
  test(`<${tag}> in use, removed and put back ${ROUNDS} times, leaves nothing`, async ({
    server,
    otherSite,
    page,
    browser,
  }) => {
    // Fifty sessions come up one after the other: on a busy machine that takes its time.
    test.slow();
    const observer = await Observer.join(browser, server.webSocketUrl, 'lobby');
    await observer.say('lobby', 'Something to show');
    await count(page);
    await page.goto(
      otherSite.page('/leaks.html', `<script type="module" src="${server.url}/embed.js"></script>`),
    );
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable');
    // What is loaded and made once for the page is there after this.
    await play(page, tag, 3);
    await expect.poll(async () => (await held(page, cdp)).elements).toBe(0);
    const before = await held(page, cdp);
    await play(page, tag, ROUNDS);
    await expect
      .poll(async () => {
        const { nodes, listeners, ...rest } = await held(page, cdp);
        // A template or two may have been made for the first time meanwhile; one thing for each round is a leak.
        return {
          ...rest,
          nodes: nodes < before.nodes + ROUNDS,
          listeners: listeners < before.listeners + ROUNDS,
        };
      })
      .toEqual({ timers: [], sockets: 0, elements: 0, nodes: true, listeners: true });
  });
}
