// What is made of repeated measurements.

/** The value below which that share of the values lies, between neighbours where it falls between them. */
export function quantile(values, share) {
  if (values.length === 0) throw new RangeError('there are no values');
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const low = sorted[below];
  const high = sorted[Math.min(below + 1, sorted.length - 1)];
  return low + (high - low) * (place - below);
}

export const median = (values) => quantile(values, 0.5);

/** Half of the distance between the quartiles, as a share of the median: how far a typical value is from it. */
export function spread(values) {
  return (quantile(values, 0.75) - quantile(values, 0.25)) / 2 / median(values);
}
