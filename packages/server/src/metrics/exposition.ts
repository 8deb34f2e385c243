import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { SpanReading } from '../kernel/span-counts.js';
import { FIGURES, type Figure, type Reading } from './figures.js';

/** The media type of what `Exposition.text` makes. */
export const CONTENT_TYPE: string = Registry.PROMETHEUS_CONTENT_TYPE;

const SECOND = 1000;

/** Writes readings down as Prometheus' text. One for each server: it keeps nothing that others share. */
export class Exposition {
  readonly #registry = new Registry();
  #reading: Reading | undefined;

  constructor(figures: readonly Figure[] = FIGURES) {
    for (const figure of figures) this.#add(figure);
  }

  text(reading: Reading): Promise<string> {
    this.#reading = reading;
    return this.#registry.metrics();
  }

  #add(figure: Figure): void {
    const { help, kind, name } = figure;
    if (kind === 'spans') {
      this.#registry.registerMetric(
        new ReadSpans(name, help, () => this.#reading && figure.read(this.#reading)),
      );
      return;
    }
    const labelNames = 'label' in figure ? [figure.label] : [];
    const fill = (put: (labels: Readonly<Record<string, string>>, value: number) => void): void => {
      const now = this.#reading;
      if (!now) return;
      if ('label' in figure) {
        for (const [label, value] of Object.entries(figure.read(now))) put({ [figure.label]: label }, value);
      } else {
        put({}, figure.read(now));
      }
    };
    const common = { name, help, labelNames, registers: [this.#registry] };
    if (kind === 'gauge') {
      const gauge: Gauge = new Gauge({
        ...common,
        collect: () => fill((labels, value) => gauge.set(labels, value)),
      });
      return;
    }
    const counter: Counter = new Counter({
      ...common,
      collect: () => {
        counter.reset();
        fill((labels, value) => counter.inc(labels, value));
      },
    });
  }
}

/** A histogram that is counted elsewhere, where counting costs less, and only read here. */
class ReadSpans extends Histogram {
  readonly #name: string;
  readonly #help: string;
  readonly #read: () => SpanReading | undefined;

  constructor(name: string, help: string, read: () => SpanReading | undefined) {
    super({ name, help, registers: [] });
    this.#name = name;
    this.#help = help;
    this.#read = read;
  }

  /** What the registry asks for. */
  async getForPromString() {
    const name = this.#name;
    const spans = this.#read();
    const upTo = spans?.upTo() ?? [];
    const bucket = (le: number | string, value: number) => ({
      metricName: `${name}_bucket`,
      labels: { le: String(le) },
      value,
    });
    return {
      name,
      help: this.#help,
      type: 'histogram',
      values: [
        ...(spans?.bounds ?? []).map((bound, at) => bucket(bound / SECOND, upTo[at] ?? 0)),
        bucket('+Inf', spans?.count ?? 0),
        { metricName: `${name}_sum`, labels: {}, value: (spans?.sum ?? 0) / SECOND },
        { metricName: `${name}_count`, labels: {}, value: spans?.count ?? 0 },
      ],
    };
  }
}
