/** Numbers as people read them, in reports and pages. */

const integer = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export function formatCount(value: number): string {
  return integer.format(value);
}

/** A span in milliseconds. */
export function formatMillis(value: number): string {
  if (value >= 10_000) return `${(value / 1000).toFixed(1)} s`;
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

export function formatShare(share: number | undefined): string {
  return share === undefined ? 'not measured' : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}

export function formatBytes(bytes: number | undefined): string {
  if (bytes === undefined) return 'not measured';
  if (Math.abs(bytes) >= 1e6) return `${integer.format(bytes / 1e6)} MB`;
  return `${(bytes / 1000).toFixed(1)} kB`;
}

/** `signIn` -> `sign in`. */
export function formatName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
