import { escapeText } from '@meerkat-chat/xmpp';

const WIDTH = 640;
const HEIGHT = 220;
const LEFT = 64;
const RIGHT = 28;
const TOP = 12;
const BOTTOM = 28;
const TICKS = 4;

/** One line of a plot; its place in the list decides its colour. */
export interface Series {
  readonly name: string;
  /** `[x, y]`, x rising. */
  readonly points: readonly (readonly [number, number])[];
}

/** What a plot shows. */
export interface Plot {
  readonly title: string;
  readonly series: readonly Series[];
  readonly formatY: (value: number) => string;
  readonly formatX: (value: number) => string;
  /** Marks on the x axis; round values by default. */
  readonly ticksX?: readonly number[];
}

/** Round values from 0 up that cover a span, at most six of them. */
export function roundTicks(max: number): readonly number[] {
  if (!(max > 0)) return [0, 1];
  const rough = max / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((value) => value >= rough) ?? rough;
  const ticks: number[] = [];
  for (let index = 0; index === 0 || (ticks.at(-1) ?? 0) < max; index++) ticks.push(index * step);
  return ticks;
}

/** Draws a plot as a figure with an SVG; nothing when there is nothing to draw. */
export function drawPlot(plot: Plot): string {
  const series = plot.series.filter(({ points }) => points.length > 0);
  if (series.length === 0) return '';
  const all = series.flatMap(({ points }) => points);
  const first = Math.min(...all.map(([x]) => x));
  const last = Math.max(...all.map(([x]) => x), first + 1e-9);
  const ticksY = roundTicks(Math.max(...all.map(([, y]) => y)));
  const top = ticksY.at(-1) ?? 1;
  const placeX = (x: number): string =>
    (LEFT + ((x - first) / (last - first)) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const placeY = (y: number): string => (HEIGHT - BOTTOM - (y / top) * (HEIGHT - TOP - BOTTOM)).toFixed(1);
  const ticksX = plot.ticksX ?? roundTicks(last).filter((x) => x >= first && x <= last);
  const rules = ticksY.map(
    (y) =>
      `<line class="rule" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${placeY(y)}" y2="${placeY(y)}"/>` +
      `<text x="${LEFT - 8}" y="${placeY(y)}" dy="4" text-anchor="end">${escapeText(plot.formatY(y))}</text>`,
  );
  const marks = ticksX.map(
    (x) =>
      `<text x="${placeX(x)}" y="${HEIGHT - 8}" text-anchor="middle">${escapeText(plot.formatX(x))}</text>`,
  );
  const lines = series.map(({ points }, index) => {
    const path = points.map(([x, y]) => `${placeX(x)},${placeY(y)}`).join(' ');
    return `<polyline class="line s${index}" points="${path}"/>`;
  });
  const legend = series.map(({ name }, index) => `<span class="key s${index}">${escapeText(name)}</span>`);
  const title = escapeText(plot.title);
  return (
    `<figure><figcaption>${title} ${legend.join(' ')}</figcaption>` +
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img"><title>${title}</title>` +
    `${rules.join('')}${marks.join('')}${lines.join('')}</svg></figure>`
  );
}
