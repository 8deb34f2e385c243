import { UsageError } from './io.js';

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Reads the value of `--life` in milliseconds: `90s`, `15m`, `1h` or `7d`. @throws UsageError */
export function readSpan(text: string): number {
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const span = Number(amount ?? 0) * (unit === undefined ? 0 : UNITS[unit as keyof typeof UNITS]);
  if (span > 0) return span;
  throw new UsageError(`--life must be a time such as 90s, 15m, 1h or 7d, not ${JSON.stringify(text)}`);
}
