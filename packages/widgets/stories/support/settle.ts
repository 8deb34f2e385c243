/** Frames until a state that never comes is given up. */
const PATIENCE = 600;

/** Lets the page paint so many times. */
export async function frames(count: number): Promise<void> {
  for (let left = count; left > 0; left--) {
    await new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));
  }
}

/** Waits until an element's shadow shows what the state is about, and fails where it does not come. */
export async function shown(element: Element, selector: string): Promise<void> {
  for (let left = PATIENCE; left > 0; left--) {
    if (element.shadowRoot?.querySelector(selector)?.checkVisibility()) return;
    await frames(1);
  }
  throw new Error(`<${element.localName}> does not show ${selector}`);
}
