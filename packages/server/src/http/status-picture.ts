import { createHash } from 'node:crypto';
import type { AccountStatus } from '../storage/storage.js';
import type { PageWords } from './page-words.js';

/** What the web is told of an id; `unknown` of one that nobody has. */
export type WebStatus = AccountStatus | 'unknown';

/** Every status, for what is made once of each. */
export const WEB_STATUSES = ['online', 'away', 'dnd', 'offline', 'unknown'] as const;

/** Colours of each on a light ground and on a dark one, at least 4.5:1 on white and on the darkest grey. */
const COLOURS: Readonly<Record<WebStatus, readonly [light: string, dark: string]>> = {
  online: ['#21763c', '#76cf8a'],
  away: ['#895709', '#eeb563'],
  dnd: ['#b7262b', '#f58b84'],
  offline: ['#636363', '#a3a3a3'],
  unknown: ['#636363', '#a3a3a3'],
};

/** Shapes that differ without their colours: filled, a ring with a gap, crossed, a ring, a dotted ring. */
const SHAPES: Readonly<Record<WebStatus, string>> = {
  online: '<circle class="f" cx="8" cy="8" r="6"/>',
  away: '<path class="l" d="M11.5 4.4A5 5 0 1 0 13 8"/>',
  dnd: '<circle class="l" cx="8" cy="8" r="5"/><path class="l" d="m4.5 11.5 7-7"/>',
  offline: '<circle class="l" cx="8" cy="8" r="5"/>',
  unknown: '<circle class="l" cx="8" cy="8" r="5" stroke-dasharray="1.6 2.33"/>',
};

/** The shape alone, 16 by 16, for whoever colours it: class `f` is filled, `l` is a line of 2. */
export function statusShape(status: WebStatus): string {
  return SHAPES[status];
}

/** A picture as it is served. */
export interface StatusPicture {
  readonly svg: string;
  /** For Content-Security-Policy: the one style in it, and nothing else. */
  readonly policy: string;
}

/** The status as a picture of 16 by 16 for light pages and dark ones, with its word as the alternative. */
export function statusPicture(status: WebStatus, words: PageWords): StatusPicture {
  const [light, dark] = COLOURS[status];
  const style =
    `svg{color:${light}}.f{fill:currentColor}.l{fill:none;stroke:currentColor;stroke-width:2}` +
    `@media(prefers-color-scheme:dark){svg{color:${dark}}}@media(forced-colors:active){svg{color:CanvasText}}`;
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16" role="img" aria-labelledby="t">' +
    `<title id="t">${words.statuses[status]}</title><style>${style}</style>${SHAPES[status]}</svg>`;
  return { svg, policy: `default-src 'none'; style-src ${hashOf(style)}; sandbox` };
}

/** The source of one inline style or script, for Content-Security-Policy. */
export function hashOf(inline: string): string {
  return `'sha256-${createHash('sha256').update(inline).digest('base64')}'`;
}
