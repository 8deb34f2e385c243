// Whether a piece of work has become dearer than what is recorded of it.

/** How much a ratio may be above the recorded one, where no `tolerance` is recorded with it. */
export const TOLERANCE = 0.3;
/** The same for bytes, which hardly vary; a few are always let pass. */
export const BYTES_TOLERANCE = 0.2;
export const BYTES_SLACK = 64;

/**
 * @param {string} name
 * @param {{ readonly ratio: number, readonly bytes?: number }} now
 * @param {{ readonly ratio: number, readonly bytes?: number, readonly tolerance?: number } | undefined} recorded
 * @returns {string[]} what is worse, in words
 */
export function compare(name, now, recorded) {
  if (recorded === undefined) return [`${name}: nothing is recorded; npm run bench -- --update`];
  const { tolerance = TOLERANCE } = recorded;
  const problems = [];
  if (now.ratio > recorded.ratio * (1 + tolerance)) {
    const percent = Math.round((now.ratio / recorded.ratio - 1) * 100);
    problems.push(`${name}: takes ${percent} % more CPU than recorded, beside its reference`);
  }
  if (
    now.bytes !== undefined &&
    now.bytes > (recorded.bytes ?? Infinity) * (1 + BYTES_TOLERANCE) + BYTES_SLACK
  ) {
    problems.push(`${name}: allocates ${now.bytes} bytes, recorded are ${recorded.bytes}`);
  }
  return problems;
}
