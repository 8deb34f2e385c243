import { expect, userEvent, waitFor } from 'storybook/test';
import type { ChatRoom } from '../../src/chat-room/chat-room.js';

/** What an element's shadow has of that selector, waited for; fails where it does not come. */
export async function find<T extends Element = HTMLElement>(host: Element, selector: string): Promise<T> {
  return waitFor(() => {
    const found = host.shadowRoot?.querySelector<T>(selector);
    if (!found || !seen(found)) throw new Error(`<${host.localName}> does not show ${selector}`);
    return found;
  });
}

/** Waits until an element's shadow shows nothing of that selector. */
export async function gone(host: Element, selector: string): Promise<void> {
  await waitFor(() => expect(seen(host.shadowRoot?.querySelector(selector))).toBe(false));
}

function seen(element: Element | null | undefined): boolean {
  return element?.checkVisibility({ visibilityProperty: true }) ?? false;
}

/** What has the focus in an element's shadow. */
export function focused(host: Element): Element | null {
  return host.shadowRoot?.activeElement ?? null;
}

/** Writes into the composer as a person does, key by key; `{Enter}` is that key. */
export async function write(room: ChatRoom, keys: string): Promise<void> {
  await userEvent.type(await find(room, 'textarea'), keys);
}

/** The texts of the last rows. */
export function lastTexts(room: Element, count: number): readonly string[] {
  const rows = room.shadowRoot?.querySelectorAll('.row .text') ?? [];
  return [...rows].slice(-count).map((text) => text.textContent ?? '');
}

/** Collects an element's events of that name. */
export function hear<Name extends keyof HTMLElementEventMap>(
  element: HTMLElement,
  name: Name,
): readonly HTMLElementEventMap[Name][] {
  const heard: HTMLElementEventMap[Name][] = [];
  element.addEventListener(name, (event) => void heard.push(event));
  return heard;
}
