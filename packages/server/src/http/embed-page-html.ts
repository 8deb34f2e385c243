import { createHash } from 'node:crypto';
import type { BareJid } from '@meerkat-chat/xmpp';
import type { EmbedLook } from './embed-look.js';
import type { PageLanguage } from './page-language.js';
import type { Reason } from './page-words.js';

/** What is asked of a framed room beside its look. */
export interface EmbedRoom {
  /** Its name, without the host of rooms. */
  readonly name: string;
  readonly readOnly: boolean;
  readonly nick?: string | undefined;
  /** By what one signs in; a guest where it is not said. */
  readonly auth?: 'cookie' | 'token' | undefined;
  /** Who goes on with a session of this server's own, which the page around began by a token. */
  readonly session?: BareJid | undefined;
}

/** Origins of pages around a framed room. */
export interface PagesAround {
  /** Those that may hear what is said in it. */
  readonly readers: readonly string[];
  /** Those that may say who signs in. */
  readonly tokenOrigins: readonly string[];
}

/** A page and the style that its policy has to let in. */
export interface EmbedPage {
  readonly html: string;
  /** The `'sha256-...'` of its one `<style>`. */
  readonly styleHash: string;
}

/** How long the code may take to arrive before the page says that something holds it up. */
const LATE = '6s';

// The ground is that of the elements (tokens.ts of the widgets), so that nothing flashes when they come.
const STYLE = `
*{box-sizing:border-box}
html,body{block-size:100%;margin:0}
body{display:flex;flex-direction:column;background:light-dark(oklch(1 0 0),oklch(0.2 0 0));color:CanvasText;font-size:14px;line-height:20px;overflow:hidden}
chat-room{flex:1;block-size:auto;min-block-size:0;margin-block:var(--inset-top,0px) var(--inset-bottom,0px)}
chat-room::part(frame){border:0;border-radius:0}
chat-room:not(:defined){display:none}
.reason{display:none;flex:1;place-content:center;gap:8px;padding:24px;text-align:center}
.reason>*{max-inline-size:38ch;margin:0 auto;text-wrap:balance}
h1{font-size:15px;line-height:20px;font-weight:600}
p{color:color-mix(in oklab,CanvasText 72%,transparent)}
.ways{display:flex;flex-wrap:wrap;justify-content:center;gap:8px;margin-block-start:8px}
a{display:grid;place-items:center;min-block-size:36px;padding-inline:14px;border-radius:8px;color:inherit;font-weight:550;text-decoration:none;border:1px solid color-mix(in oklab,CanvasText 24%,transparent)}
a:hover{background:color-mix(in oklab,CanvasText 6%,transparent)}
a:focus-visible{outline:2px solid Highlight;outline-offset:2px}
@media (pointer:coarse){a,.access button{min-block-size:44px}}
.reason.alone,noscript .reason{display:grid}
noscript{display:flex;flex:1}
chat-room:not(:defined)~.late{display:grid;visibility:hidden;animation:late 0s ${LATE} forwards}
@keyframes late{to{visibility:visible}}
@media (scripting:none){.late{display:none!important}}
.held{flex:none;margin:0;text-wrap:balance;padding:8px 16px;font-size:12px;line-height:16px;text-align:center;border-block-end:1px solid color-mix(in oklab,CanvasText 12%,transparent)}
.held[hidden],.access[hidden]{display:none}
.access{flex:none;display:flex;flex-wrap:wrap;align-items:center;justify-content:center;gap:4px 12px;padding:8px 16px;border-block-end:1px solid color-mix(in oklab,CanvasText 12%,transparent)}
.access p{margin:0;text-align:center;font-size:12px;line-height:16px;text-wrap:balance}
.access button{font:inherit;font-weight:550;min-block-size:36px;padding-inline:14px;border-radius:8px;color:inherit;background:none;border:1px solid color-mix(in oklab,CanvasText 24%,transparent);cursor:pointer}
.access button:hover{background:color-mix(in oklab,CanvasText 6%,transparent)}
.access button:focus-visible{outline:2px solid Highlight;outline-offset:2px}
`;

/** Text as it stands in HTML, also in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * The page that is a room, for an `<iframe>`. It has no script of its own: one file is loaded, and where that does not
 * come, CSS alone says so.
 * @param host whom the page talks to, as people read it
 */
export function roomPage(
  { name, readOnly, nick, auth, session }: EmbedRoom,
  host: string,
  { readers, tokenOrigins }: PagesAround,
  look: EmbedLook,
): EmbedPage {
  const { theme, accent, accentDark, language } = look;
  const { words } = language;
  const attributes = [
    ` room="${escapeHtml(name)}"`,
    theme === 'auto' ? '' : ` theme="${theme}"`,
    nick === undefined ? '' : ` nick="${escapeHtml(nick)}"`,
    readOnly ? ' readonly' : '',
    auth === undefined ? '' : ` auth="${session === undefined ? auth : 'cookie'}"`,
  ].join('');
  const inWords = wordsAttributes(language);
  const ways = `<div class="ways"><a href="">${escapeHtml(words.tryAgain)}</a><a href="" target="_blank" rel="noopener">${escapeHtml(words.openAlone)}</a></div>`;
  const accents = [accent ?? accentDark, accentDark ?? accent];
  return page(
    name,
    look,
    `<script type="module" src="../room.js"></script>`,
    `<p class="held" role="status"${inWords} hidden>${escapeHtml(words.heldUp(host))}</p>
${auth === 'cookie' ? accessBar(language) : ''}<chat-room${attributes}></chat-room>
<noscript><div class="reason"${inWords}>${reason(words.noScript)}</div></noscript>
<div class="reason late" role="alert"${inWords}>${reason(words.notLoaded(host))}${ways}</div>`,
    listOf('readers', readers) +
      (auth === 'token' ? listOf('token-origins', tokenOrigins) : '') +
      (session === undefined ? '' : ` data-session="${escapeHtml(session)}"`),
    accents[0] === undefined ? '' : `chat-room{--chat-accent:light-dark(${accents})}`,
  );
}

/** Shown where the browser holds back the cookie by which one is signed in, and would give it for a press. */
function accessBar(language: PageLanguage): string {
  const { ask, button, refused } = language.words.access;
  return `<div class="access" role="status"${wordsAttributes(language)} data-refused="${escapeHtml(refused)}" hidden><p>${escapeHtml(ask)}</p><button type="button">${escapeHtml(button)}</button></div>
`;
}

/** Origins, for the page's own script. */
function listOf(name: string, origins: readonly string[]): string {
  return origins.length > 0 ? ` data-${name}="${escapeHtml(origins.join(' '))}"` : '';
}

/** A page that says why there is no room at this address. */
export function noRoomPage(
  look: EmbedLook,
  why: 'badConfig' | 'badName' | 'noRoom' | 'oldConfig',
): EmbedPage {
  const { language } = look;
  const words = language.words[why];
  return page(
    words.title,
    look,
    '',
    `<div class="reason alone"${wordsAttributes(language)}>${reason(words)}</div>`,
  );
}

function reason({ title, advice }: Reason): string {
  return `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(advice)}</p>`;
}

/** Where our words are of another language than the page. */
function wordsAttributes({ tag, spoken, words }: PageLanguage): string {
  const same = tag.toLowerCase().split('-', 1)[0] === spoken;
  return same ? '' : ` lang="${spoken}" dir="${words.direction}"`;
}

function page(
  title: string,
  { theme, font, language }: EmbedLook,
  head: string,
  body: string,
  root = '',
  moreStyle = '',
): EmbedPage {
  const scheme = theme === 'auto' ? 'light dark' : theme;
  const style = `:root{color-scheme:${scheme};font-family:${font}}${STYLE}${moreStyle}`;
  const direction = language.direction === 'rtl' ? ' dir="rtl"' : '';
  const html = `<!doctype html>
<html${root} lang="${escapeHtml(language.tag)}"${direction}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
${head}
</head>
<body>
${body}
</body>
</html>
`;
  return { html, styleHash: `'sha256-${createHash('sha256').update(style).digest('base64')}'` };
}
