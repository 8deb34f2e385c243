import type { EmbedLook } from '../embed-look.js';
import { type EmbedPage, escapeHtml } from '../embed-page-html.js';
import { hashOf } from '../status-picture.js';
import { doctorWords } from './language.js';
import { DOCTOR_CHECKS, DOCTOR_CLICKS, type DoctorCheck, type DoctorWords } from './words.js';

// The colours are those of the elements' tokens, each of 4.5:1 on its ground.
const STYLE = `
*{box-sizing:border-box}
html{background:light-dark(oklch(1 0 0),oklch(0.2 0 0));color:light-dark(#1f1f1f,#e8e8e8);accent-color:auto}
body{margin:0 auto;max-inline-size:720px;padding:24px 20px 40px;font-size:14px;line-height:20px}
h1{margin:0 0 4px;font-size:20px;line-height:28px;font-weight:650;letter-spacing:-.01em}
h2{margin:0;font-size:14px;line-height:20px;font-weight:600}
p{margin:0}
.about,.advice,.click-about{color:light-dark(#5c5c5c,#adadad)}
.summary{display:flex;gap:10px;align-items:center;margin-block:20px 8px;padding:12px 14px;border-radius:10px;font-weight:600;background:light-dark(#f4f4f4,#2a2a2a)}
ul{list-style:none;margin:0;padding:0}
li{display:grid;grid-template-columns:16px 1fr auto;column-gap:12px;row-gap:2px;padding-block:10px;border-block-end:1px solid color-mix(in oklab,CanvasText 12%,transparent)}
.state{font-size:12px;line-height:20px;font-variant-numeric:tabular-nums}
.detail,.advice{grid-column:2/-1}
.detail{text-align:match-parent;font:12px/16px ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere;color:light-dark(#5c5c5c,#adadad)}
.detail:empty,[data-state=good] .advice,[data-state=waiting] .advice,[data-state=skipped] .advice{display:none}
.advice{text-wrap:pretty}
.mark{inline-size:16px;block-size:16px;margin-block-start:2px;border-radius:50%;border:2px solid currentColor;color:light-dark(#636363,#a3a3a3);display:grid;place-items:center;font-size:11px;line-height:1;font-weight:700}
[data-state=good]>.mark{background:light-dark(#21763c,#76cf8a);border-color:transparent;color:light-dark(#fff,#111)}
[data-state=good]>.mark::before{content:"✓"/""}
[data-state=limited]>.mark{border-radius:4px;background:light-dark(#895709,#eeb563);border-color:transparent;color:light-dark(#fff,#111)}
[data-state=limited]>.mark::before{content:"–"/""}
[data-state=bad]>.mark{background:light-dark(#b7262b,#f58b84);border-color:transparent;color:light-dark(#fff,#111)}
[data-state=bad]>.mark::before{content:"✕"/""}
[data-state=good] .state{color:light-dark(#21763c,#76cf8a)}
[data-state=limited] .state{color:light-dark(#895709,#eeb563)}
[data-state=bad] .state{color:light-dark(#b7262b,#f58b84);font-weight:600}
.ways{display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin-block-start:16px}
button,.ways a{font:inherit;font-weight:550;display:inline-grid;place-items:center;min-block-size:36px;padding-inline:14px;border-radius:8px;color:inherit;background:none;text-decoration:none;border:1px solid color-mix(in oklab,CanvasText 24%,transparent);cursor:pointer}
button:hover,.ways a:hover{background:color-mix(in oklab,CanvasText 6%,transparent)}
:focus-visible{outline:2px solid Highlight;outline-offset:2px}
textarea{inline-size:100%;block-size:180px;margin-block-start:12px;padding:10px;border-radius:8px;border:1px solid color-mix(in oklab,CanvasText 24%,transparent);background:none;color:inherit;font:12px/16px ui-monospace,Menlo,Consolas,monospace}
[hidden]{display:none!important}
.late{block-size:0;overflow:hidden;font-weight:600;animation:late 0s 6s forwards}
.late~*{animation:gone 0s 6s forwards}
@keyframes gone{to{display:none}}
@keyframes late{to{block-size:auto;margin-block:20px;padding:12px 14px;border-radius:10px;background:light-dark(#fdecec,#3d2222)}}
noscript p{margin-block:20px;padding:12px 14px;border-radius:10px;font-weight:600;background:light-dark(#fdecec,#3d2222)}
@media (scripting:none){.live{display:none}}
@media (pointer:coarse){button,.ways a{min-block-size:44px}}
@media (forced-colors:active){.mark{forced-color-adjust:none}}
`;

/** What of the server's settings the page compares with what it finds. */
export interface DoctorSettings {
  readonly ancestors: readonly string[];
  readonly tokenOrigins: readonly string[];
  /** The domain of the accounts, for a try of BOSH. */
  readonly domain: string;
}

function row(check: DoctorCheck, words: DoctorWords): string {
  const [name, advice] = words.checks[check];
  const state = DOCTOR_CLICKS.has(check) ? 'skipped' : 'waiting';
  return `<li data-check="${check}" data-state="${state}"><span class="mark" aria-hidden="true"></span><h2>${escapeHtml(name)}</h2><span class="state">${escapeHtml(words.states[state])}</span><span class="detail" dir="ltr"></span><p class="advice">${escapeHtml(advice)}</p></li>`;
}

/**
 * The page that tells in words what hinders a chat in a frame. All words are in it: its script sets states and details,
 * and no text of anybody becomes HTML.
 */
export function doctorPage({ ancestors, domain, tokenOrigins }: DoctorSettings, look: EmbedLook): EmbedPage {
  const { font, language, theme } = look;
  const words = doctorWords(language.spoken);
  const scheme = theme === 'auto' ? 'light dark' : theme;
  const style = `:root{color-scheme:${scheme};font-family:${font}}${STYLE}`;
  const { states, summary, copied } = words;
  const data = [
    ['words', JSON.stringify({ states, summary, copied })],
    ['ancestors', ancestors.join(' ')],
    ['token-origins', tokenOrigins.join(' ')],
    ['domain', domain],
  ]
    .map(([name, value = '']) => ` data-${name}="${escapeHtml(value)}"`)
    .join('');
  const html = `<!doctype html>
<html lang="${language.spoken}" dir="${language.words.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(words.title)}</title>
<style>${style}</style>
<script type="module" src="doctor.js"></script>
</head>
<body${data}>
<main>
<h1>${escapeHtml(words.title)}</h1>
<p class="about">${escapeHtml(words.about)}</p>
<noscript><p>${escapeHtml(words.noScript)}</p></noscript>
<div class="live">
<p class="late" role="alert">${escapeHtml(words.noCode)}</p>
<div class="summary" role="status" data-state="waiting"><span class="mark" aria-hidden="true"></span><span class="sum">${escapeHtml(summary.waiting)}</span></div>
<ul>
${DOCTOR_CHECKS.map((check) => row(check, words)).join('\n')}
</ul>
<div class="ways"><button type="button" id="click">${escapeHtml(words.click)}</button><p class="click-about">${escapeHtml(words.clickAbout)}</p></div>
<div class="ways"><button type="button" id="copy">${escapeHtml(words.copy)}</button><a href="">${escapeHtml(words.again)}</a></div>
<div id="by-hand" hidden><p class="advice">${escapeHtml(words.copyByHand)}</p><textarea readonly dir="ltr" aria-label="${escapeHtml(words.copyByHand)}"></textarea></div>
</div>
</main>
</body>
</html>
`;
  return { html, styleHash: hashOf(style) };
}
