import { createHash } from 'node:crypto';

/** How a framed room is to look. All of it comes from whoever wrote the address. */
export interface EmbedLook {
  readonly theme: 'auto' | 'dark' | 'light';
  /** `#rrggbb`, lower case. */
  readonly accent?: string | undefined;
  /** A language tag (BCP 47). */
  readonly lang: string;
  readonly readOnly: boolean;
  readonly nick?: string | undefined;
}

/** A page and the style that its policy has to let in. */
export interface EmbedPage {
  readonly html: string;
  /** The `'sha256-...'` of its one `<style>`. */
  readonly styleHash: string;
}

const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/i;
/** How long the code may take to arrive before the page says that something holds it up. */
const LATE = '6s';

// The ground is that of the elements (tokens.ts of the widgets), so that nothing flashes when they come.
const STYLE = `
*{box-sizing:border-box}
html,body{block-size:100%;margin:0}
body{display:flex;flex-direction:column;background:light-dark(oklch(1 0 0),oklch(0.2 0.012 210));color:CanvasText;font:14px/20px system-ui,sans-serif;overflow:hidden}
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
@media (pointer:coarse){a{min-block-size:44px}}
.reason.alone,noscript .reason{display:grid}
noscript{display:flex;flex:1}
chat-room:not(:defined)~.late{display:grid;visibility:hidden;animation:late 0s ${LATE} forwards}
@keyframes late{to{visibility:visible}}
@media (scripting:none){.late{display:none!important}}
.held{flex:none;margin:0;text-wrap:balance;padding:8px 16px;font-size:12px;line-height:16px;text-align:center;border-block-end:1px solid color-mix(in oklab,CanvasText 12%,transparent)}
.held[hidden]{display:none}
`;

const WAYS = `<div class="ways"><a href="">Try again</a><a href="" target="_blank" rel="noopener">Open it by itself</a></div>`;

/** Text as it stands in HTML, also in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * The page that is a room, for an `<iframe>`. It has no script of its own: one file is loaded, and where that does not
 * come, CSS alone says so.
 * @param host whom the page talks to, as people read it
 * @param readers the origins whose pages may hear what is said here
 */
export function roomPage(room: string, host: string, readers: readonly string[], look: EmbedLook): EmbedPage {
  const { theme, accent, lang, readOnly, nick } = look;
  const attributes = [
    ` room="${escapeHtml(room)}"`,
    theme === 'auto' ? '' : ` theme="${theme}"`,
    nick === undefined ? '' : ` nick="${escapeHtml(nick)}"`,
    readOnly ? ' readonly' : '',
  ].join('');
  const where = escapeHtml(host);
  return page(
    room,
    look,
    `<script type="module" src="../room.js"></script>`,
    `<p class="held" role="status" hidden>There is no connection to ${where} yet. The network, a content blocker or the page around this chat may hold it up. It keeps trying.</p>
<chat-room${attributes}></chat-room>
<noscript><div class="reason"><h1>This chat needs JavaScript</h1><p>It is switched off in your browser, or the page around the chat does not let it run. Its author can allow it with sandbox="allow-scripts".</p></div></noscript>
<div class="reason late" role="alert"><h1>The chat could not be loaded</h1><p>Its code did not arrive from ${where}. The network, a content blocker or the page around the chat may hold it up.</p>${WAYS}</div>`,
    [
      readers.length > 0 ? ` data-readers="${escapeHtml(readers.join(' '))}"` : '',
      ` lang="${escapeHtml(lang)}"`,
      RIGHT_TO_LEFT.test(lang) ? ' dir="rtl"' : '',
    ].join(''),
    accent === undefined ? '' : `chat-room{--chat-accent:${accent}}`,
  );
}

/** A page that says why there is no room at this address. */
export function noRoomPage(look: EmbedLook, title: string, advice: string): EmbedPage {
  const words = `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(advice)}</p>`;
  return page(title, look, '', `<div class="reason alone">${words}</div>`, ' lang="en"', '');
}

function page(
  title: string,
  { theme }: EmbedLook,
  head: string,
  body: string,
  root: string,
  moreStyle: string,
): EmbedPage {
  const scheme = theme === 'auto' ? 'light dark' : theme;
  const style = `:root{color-scheme:${scheme}}${STYLE}${moreStyle}`;
  const html = `<!doctype html>
<html${root}>
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
