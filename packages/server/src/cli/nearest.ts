/** How many names are proposed at most. */
const PROPOSED = 3;

/** The names that somebody may have meant: those that a few letters make of what was written, the nearest first. */
export function nearest(written: string, names: readonly string[]): readonly string[] {
  const least = Math.max(1, Math.floor(written.length / 3));
  return names
    .filter((name) => Math.abs(name.length - written.length) <= least)
    .map((name) => ({ name, far: distance(written.toLowerCase(), name.toLowerCase()) }))
    .filter(({ far }) => far <= least)
    .sort((a, b) => a.far - b.far)
    .slice(0, PROPOSED)
    .map(({ name }) => name);
}

/** How many letters have to be put in, taken out or replaced (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    for (let to = 1; to <= other.length; to++) {
      const same = one[at - 1] === other[to - 1] ? 0 : 1;
      next.push(Math.min((row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1, (row[to - 1] ?? 0) + same));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
