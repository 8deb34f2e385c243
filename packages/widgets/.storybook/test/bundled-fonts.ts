import type { Page } from '@playwright/test';

/**
 * Glyphs that came from a font of this machine instead of one that the stories bring, each as the text they are in.
 * A picture with such a glyph would be another on the next machine.
 */
export async function foreignGlyphs(page: Page): Promise<readonly string[]> {
  const texts = await page.evaluateHandle(textsToAsk);
  const client = await page.context().newCDPSession(page);
  try {
    // Nodes have ids only in a document that was asked for.
    await client.send('DOM.enable');
    await client.send('CSS.enable');
    await client.send('DOM.getDocument', { depth: 0 });
    const foreign: string[] = [];
    for (const text of (await texts.getProperties()).values()) {
      const element = text.asElement();
      if (element === null) continue;
      await element.evaluate((node) => Object.assign(globalThis, { askedFor: node }));
      const { result } = await client.send('Runtime.evaluate', { expression: 'askedFor' });
      if (result.objectId === undefined) continue;
      const { nodeId } = await client.send('DOM.requestNode', { objectId: result.objectId });
      const { fonts } = await client.send('CSS.getPlatformFontsForNode', { nodeId });
      for (const { familyName } of fonts.filter(({ isCustomFont }) => !isCustomFont)) {
        foreign.push(`${familyName}: ${await element.textContent()}`);
      }
    }
    return foreign;
  } finally {
    await client.detach();
  }
}

/** In the page: elements whose own texts have every character and family that is seen, as few as come first. */
function textsToAsk(): readonly Element[] {
  const seen = new Set<string>();
  const asked: Element[] = [];
  const look = (root: ParentNode): void => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) look(element.shadowRoot);
      if (element.matches('style, script') || !element.checkVisibility()) continue;
      const { fontFamily } = getComputedStyle(element);
      let news = false;
      for (const node of element.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE) continue;
        for (const character of node.nodeValue ?? '') {
          const which = `${fontFamily} ${character}`;
          if (/\s/u.test(character) || seen.has(which)) continue;
          seen.add(which);
          news = true;
        }
      }
      if (news) asked.push(element);
    }
  };
  const story = document.querySelector('main');
  if (story) look(story);
  return asked;
}
