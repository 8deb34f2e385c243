import { hashOf, STATUS_WORDS, statusShape, WEB_STATUSES, type WebStatus } from './status-picture.js';

/** How often an open page asks again, in milliseconds: a little more than an answer may be kept. */
const ASKS_EVERY = 20_000;

// One grid: the shape in a square of 16, the word beside it. What is around shines through.
const STYLE = `:root{color-scheme:light dark}
[data-theme=light]{color-scheme:light}[data-theme=dark]{color-scheme:dark}
body{margin:0;background:transparent}
p{display:inline-flex;align-items:center;gap:6px;margin:0;padding:4px;font:13px/16px system-ui,sans-serif;color:light-dark(#182123,#e4e9ea)}
svg{flex:none;width:16px;height:16px;color:light-dark(#596668,#98a4a6)}
.online svg{color:light-dark(#21763c,#76cf8a)}.away svg{color:light-dark(#895709,#eeb563)}.dnd svg{color:light-dark(#b7262b,#f58b84)}
.f{fill:currentColor}.l{fill:none;stroke:currentColor;stroke-width:2}
p:not(.online)>.online,p:not(.away)>.away,p:not(.dnd)>.dnd,p:not(.offline)>.offline,p:not(.unknown)>.unknown{display:none}
@media(forced-colors:active){svg{color:CanvasText}}`;

/** After so many failures one after the other nothing is known any more. */
const GIVES_UP_AFTER = 4;

// All shapes and words are in the page, so that what comes later is a class and never HTML. While nobody looks, nothing
// is asked.
const SCRIPT = `const id=location.pathname.split('/').pop(),p=document.querySelector('p');let failed=0;
const ask=async()=>{if(document.hidden)return;try{
const{status}=await(await fetch('../../status/'+id+'.json')).json();
if(p.querySelector('svg.'+CSS.escape(status)))p.className=status;failed=0}
catch{if(++failed>=${GIVES_UP_AFTER})p.className='unknown'}};
setInterval(ask,${ASKS_EVERY});document.addEventListener('visibilitychange',ask)`;

/** What the page may do: its own style and script, and asking its own server. Any page may show it in a frame. */
export const STATUS_PAGE_POLICY = [
  "default-src 'none'",
  `style-src ${hashOf(STYLE)}`,
  `script-src ${hashOf(SCRIPT)}`,
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Colours of the page: those that the visitor prefers, or always the same. */
export type StatusPageTheme = 'auto' | 'dark' | 'light';

/** A tiny page with a status in shape and word, for an iframe; it stays up to date by itself. */
export function statusPage(status: WebStatus, theme: StatusPageTheme): string {
  const each = WEB_STATUSES.map(
    (one) =>
      `<svg class="${one}" viewBox="0 0 16 16" aria-hidden="true">${statusShape(one)}</svg><span class="${one}">${STATUS_WORDS[one]}</span>`,
  );
  return `<!doctype html>
<html lang="en" data-theme="${theme}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>Status</title>
<style>${STYLE}</style>
<main><p class="${status}">${each.join('')}</p></main>
<script type="module">${SCRIPT}</script>
</html>
`;
}
