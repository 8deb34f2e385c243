import { escapeText } from '@meerkat-chat/xmpp';
import type { Report, Sample } from '../report.js';
import { drawPlot, type Series } from './plot.js';
import { reportRows, reportWarnings } from './text.js';
import { formatBytes, formatCount, formatMillis, formatName, formatShare } from './words.js';

const STYLE = `
:root { color-scheme: light dark; --text: #1b1d22; --dim: #62666f; --back: #ffffff; --rule: #e3e5e8;
  --s0: #2563c9; --s1: #c2410c; --s2: #15803d; --warn: #b42318; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e7ea; --dim: #9a9ea8; --back: #16181c; --rule: #2c2f36;
  --s0: #7aa7f7; --s1: #f0955a; --s2: #63c585; --warn: #ff8a80; } }
body { margin: 2rem auto; padding: 0 1rem; max-width: 86rem; background: var(--back); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0; } p { color: var(--dim); margin: .25rem 0 1.5rem; }
.warning { color: var(--warn); font-weight: 600; margin: .25rem 0; }
table { border-collapse: collapse; margin-bottom: 2rem; } td, th { padding: .3rem 1rem .3rem 0; text-align: left;
  border-bottom: 1px solid var(--rule); vertical-align: top; } th { font-weight: 500; color: var(--dim); }
td { font-variant-numeric: tabular-nums; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)); gap: 1.5rem; }
figure { margin: 0; } figcaption { font-weight: 600; } svg { width: 100%; height: auto; }
svg text { fill: var(--dim); font-size: 12px; } .rule { stroke: var(--rule); }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.line.s0 { stroke: var(--s0); } .line.s1 { stroke: var(--s1); } .line.s2 { stroke: var(--s2); }
.key { font-weight: 400; font-size: .85rem; margin-left: .75rem; }
.key.s0 { color: var(--s0); } .key.s1 { color: var(--s1); } .key.s2 { color: var(--s2); }
`;

/** A report as one page that needs nothing else: figures and plots, for light and dark. */
export function formatPage(report: Report): string {
  const title = `${report.scenario} on ${report.label}`;
  const rows = reportRows(report).map(
    ([name, value]) => `<tr><th scope="row">${escapeText(name)}</th><td>${escapeText(value)}</td></tr>`,
  );
  const warnings = reportWarnings(report).map((text) => `<p class="warning">${escapeText(text)}</p>`);
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeText(title)}</title><style>${STYLE}</style></head><body>`,
    `<h1>${escapeText(title)}</h1>`,
    `<p>${escapeText(`${report.startedAt}, ${report.target.url}`)}</p>`,
    ...warnings,
    `<table>${rows.join('')}</table>`,
    `<div class="plots">${plots(report).join('')}</div>`,
    '</body></html>',
    '',
  ].join('\n');
}

function plots(report: Report): readonly string[] {
  const { spans, timeline } = report;
  const seconds = (value: number): string => `${formatCount(value)} s`;
  const over = (name: string, of: (sample: Sample) => number | undefined): Series => ({
    name,
    points: timeline.flatMap((sample) => {
      const value = of(sample);
      return value === undefined ? [] : [[sample.second, value] as const];
    }),
  });
  const talking = (of: (sample: Sample) => number) => (sample: Sample) =>
    sample.delivered > 0 ? of(sample) : undefined;
  const curves = Object.entries(spans).filter(([, { count }]) => count > 0);
  return [
    drawPlot({
      title: 'Latency by second',
      series: [
        over(
          'p50',
          talking(({ p50 }) => p50),
        ),
        over(
          'p99',
          talking(({ p99 }) => p99),
        ),
      ],
      formatX: seconds,
      formatY: formatMillis,
    }),
    drawPlot({
      title: 'Deliveries a second',
      series: timeline.some(({ delivered }) => delivered > 0)
        ? [over('delivered', ({ delivered }) => delivered)]
        : [],
      formatX: seconds,
      formatY: formatCount,
    }),
    ...curves.map(([name, { curve }]) => percentiles(formatName(name), curve)),
    drawPlot({
      title: 'CPU, share of one core',
      series: [
        over('server', ({ serverCpu }) => serverCpu),
        over('busiest generator process', ({ generatorCpu }) => generatorCpu),
      ],
      formatX: seconds,
      formatY: formatShare,
    }),
    drawPlot({
      title: 'Memory of the server',
      series: [over('resident', ({ serverResidentBytes }) => serverResidentBytes)],
      formatX: seconds,
      formatY: formatBytes,
    }),
    drawPlot({
      title: 'Connections',
      series: [over('open', ({ users }) => users)],
      formatX: seconds,
      formatY: formatCount,
    }),
  ];
}

/** Percentiles with the nines spread: every ten times rarer takes the same width. */
function percentiles(name: string, curve: readonly (readonly [number, number])[]): string {
  const shown = curve.filter(([share]) => share < 1);
  return drawPlot({
    title: `Percentiles of ${name}`,
    series: [{ name: 'up to', points: shown.map(([share, value]) => [nines(share), value] as const) }],
    ticksX: [0.5, 0.9, 0.99, 0.999, 0.9999].map(nines),
    formatX: (value) => `${Number(((1 - 10 ** -value) * 100).toFixed(2))} %`,
    formatY: formatMillis,
  });
}

function nines(share: number): number {
  return -Math.log10(1 - share);
}
