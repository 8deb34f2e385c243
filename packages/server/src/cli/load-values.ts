import { InvalidArgumentError } from 'commander';

/** A number within bounds. */
export function within(min: number, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!(value >= min && value <= max)) throw new InvalidArgumentError(`A number from ${min} to ${max}.`);
    return value;
  };
}

/** A whole number within bounds. */
export function whole(min: number, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const read = within(min, max);
  return (text) => {
    const value = read(text);
    if (!Number.isInteger(value)) throw new InvalidArgumentError('A whole number.');
    return value;
  };
}

/** A span in milliseconds: `100ms`, `2s` or a bare number of milliseconds. */
export function millis(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s)?$/.exec(text) ?? [];
  if (number === undefined) throw new InvalidArgumentError('A span such as 100ms or 2s.');
  return Number(number) * (unit === 's' ? 1000 : 1);
}

/** Values of an option that may be given several times. */
export function each<T>(read: (text: string) => T): (text: string, before?: readonly T[]) => readonly T[] {
  return (text, before = []) => [...before, read(text)];
}

/** A share of one core: `40%`, or a bare number of percent. */
export function percent(text: string): number {
  const [, number] = /^(\d+(?:\.\d+)?)%?$/.exec(text) ?? [];
  if (number === undefined) throw new InvalidArgumentError('A share such as 40%.');
  return Number(number) / 100;
}

/** Bytes: `600MB`, or a bare number of megabytes. */
export function megabytes(text: string): number {
  const [, number] = /^(\d+(?:\.\d+)?)(?:MB)?$/.exec(text) ?? [];
  if (number === undefined) throw new InvalidArgumentError('A size such as 600MB.');
  return Number(number) * 1e6;
}
