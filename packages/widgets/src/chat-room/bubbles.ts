import type { TalkStrings } from '../locales/en-talk.js';
import { bubbleStyles } from './bubbles.styles.js';
import { addStyles } from './late-styles.js';

/** Lets a conversation look like one between two people. The word of a receipt reaches the styles as a property. */
export function showBubbles(root: Node, host: HTMLElement, { sent }: TalkStrings): void {
  addStyles(root, bubbleStyles);
  host.style.setProperty('--_sent', cssString(sent));
}

/** A text as CSS has it between quotes. */
export function cssString(text: string): string {
  return `"${text.replace(/["\\\n]/g, (one) => `\\${one.charCodeAt(0).toString(16)} `)}"`;
}
