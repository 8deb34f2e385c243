import type { EmbedLook } from './embed-look.js';
import { hashOf, statusShape, WEB_STATUSES, type WebStatus } from './status-picture.js';

/** How often an open page asks again, in milliseconds: a little more than an answer may be kept. */
const ASKS_EVERY = 20_000;

// One grid: the shape in a square of 16, the word beside it. What is around shines through.
const styleOf = (font: string) => `:root{color-scheme:light dark}
[data-theme=light]{color-scheme:light}[data-theme=dark]{color-scheme:dark}
body{margin:0;background:transparent}
p{display:inline-flex;align-items:center;gap:6px;margin:0;padding:4px;font:13px/16px ${font};color:light-dark(#1f1f1f,#e8e8e8)}
svg{flex:none;width:16px;height:16px;color:light-dark(#636363,#a3a3a3)}
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

/** A page and what it may do: its own style and script, and asking its own server. Any page may show it in a frame. */
export interface StatusPage {
  readonly html: string;
  /** For Content-Security-Policy. */
  readonly policy: string;
}

/** A tiny page with a status in shape and word, for an iframe; it stays up to date by itself. Accents mean nothing here. */
export function statusPage(status: WebStatus, { theme, font, language }: EmbedLook): StatusPage {
  const { words, spoken } = language;
  const style = styleOf(font);
  const each = WEB_STATUSES.map(
    (one) =>
      `<svg class="${one}" viewBox="0 0 16 16" aria-hidden="true">${statusShape(one)}</svg><span class="${one}">${words.statuses[one]}</span>`,
  );
  const html = `<!doctype html>
<html lang="${spoken}" dir="${words.direction}" data-theme="${theme}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${words.status}</title>
<style>${style}</style>
<main><p class="${status}">${each.join('')}</p></main>
<script type="module">${SCRIPT}</script>
</html>
`;
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(SCRIPT)}`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return { html, policy };
}
