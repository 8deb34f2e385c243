import type { TalkStrings } from '../locales/en-talk.js';
import { bubbleStyles } from './bubbles.styles.js';
import { addStyles } from './late-styles.js';

/** Lets a conversation look like one between two people. The words of receipts reach the styles as properties. */
export function showBubbles(root: Node, host: HTMLElement, { delivered, sent }: TalkStrings): void {
  addStyles(root, bubbleStyles);
  host.style.setProperty('--_sent', cssString(sent));
  host.style.setProperty('--_delivered', cssString(delivered));
}

/** A text as CSS has it between quotes. */
export function cssString(text: string): string {
  return `"${text.replace(/["\\\n]/g, (one) => `\\${one.charCodeAt(0).toString(16)} `)}"`;
}
