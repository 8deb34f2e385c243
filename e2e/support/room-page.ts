import { expect, type Frame, type FrameLocator, type Locator, type Page } from '@playwright/test';

/** What the README tells a front-end developer to write. */
export function snippet(server: string, attributes: string): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>My page</title>
<script type="module" src="${server}/embed.js"></script>
<chat-room ${attributes} style="height: 400px"></chat-room>
</html>`;
}

/** A `<chat-room>` as the person before it uses it: by roles and names, never by its inside. */
export class RoomPage {
  readonly element: Locator;
  readonly composer: Locator;
  readonly rows: Locator;
  readonly #texts: Locator;

  /** @param root the page or frame that the element is in */
  constructor(root: Page | Frame | FrameLocator) {
    this.element = root.locator('chat-room');
    this.composer = this.element.getByRole('textbox', { name: /^Message to/ });
    this.rows = this.element.getByRole('article');
    this.#texts = this.element.locator('[part=text]');
  }

  /** Writes and sends a message with the keyboard. */
  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** Says the name that a guest is asked for before the first message. */
  async giveName(name: string): Promise<void> {
    const field = this.element.getByRole('textbox', { name: /name/i }).and(this.element.locator('input'));
    await field.fill(name);
    await field.press('Enter');
  }

  /** Waits for a message to stand in the room and to have been echoed by it. */
  async sees(text: string): Promise<void> {
    await expect(
      this.rows.filter({ hasText: text }).and(this.element.locator('[data-delivery=delivered]')),
    ).toHaveCount(1);
  }

  /** The texts in the order in which they stand. */
  async texts(): Promise<string[]> {
    return this.#texts.allTextContents();
  }

  /** Waits until the person is in the room, by the count of people in the header. */
  async isIn(count?: number): Promise<void> {
    await expect(
      this.element.getByRole('button', { name: count === undefined ? /\d+ here/ : `${count} here` }),
    ).toBeVisible();
  }
}

/** What the element has told the page of its connection, newest last; to be set up before the page loads. */
export async function recordStatus(page: Page): Promise<() => Promise<readonly StatusRecord[]>> {
  await page.addInitScript(() => {
    const seen: unknown[] = [];
    Object.assign(window, { statuses_: seen });
    document.addEventListener('chat-status', (event) => {
      const { chat, room } = event as Event & {
        chat: { state: string; link?: string; resumed?: boolean };
        room: { state: string };
      };
      seen.push({
        at: performance.now(),
        state: chat.state,
        link: chat.link,
        resumed: chat.resumed,
        room: room.state,
      });
    });
  });
  return () => page.evaluate(() => (window as unknown as { statuses_: StatusRecord[] }).statuses_);
}

export interface StatusRecord {
  /** Milliseconds since navigation. */
  readonly at: number;
  readonly state: string;
  readonly link?: string;
  readonly resumed?: boolean;
  readonly room: string;
}

/** Waits until the newest status is online over that link, and gives the record. */
export async function online(
  statuses: () => Promise<readonly StatusRecord[]>,
  link: 'bosh' | 'websocket',
): Promise<StatusRecord> {
  await expect
    .poll(async () => (await statuses()).findLast((status) => status.state === 'online')?.link)
    .toBe(link);
  const found = (await statuses()).find((status) => status.state === 'online' && status.link === link);
  if (!found) throw new Error('unreachable: it was polled for');
  return found;
}
