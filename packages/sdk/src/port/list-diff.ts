/** An entry of a list, told apart by its key; another object under the same key is a changed entry. */
export interface Keyed {
  readonly key: string;
}

/** How one list becomes another: first what goes, then what changes where it stands, then what comes, by rising index. */
export interface ListDiff<T extends Keyed> {
  readonly removed: readonly string[];
  readonly changed: readonly T[];
  /** `at` is the index in the new list. */
  readonly added: readonly { readonly at: number; readonly items: readonly T[] }[];
}

/** The entries of `next` that stood in `before` already and need not move: those in rising order of their old place. */
function staying<T extends Keyed>(before: readonly T[], next: readonly T[]): Set<string> {
  const places = new Map(before.map((item, index) => [item.key, index]));
  const kept = new Set<string>();
  let last = -1;
  for (const { key } of next) {
    const place = places.get(key);
    if (place === undefined || place < last) continue;
    kept.add(key);
    last = place;
  }
  return kept;
}

/** The difference of two lists without double keys; undefined where there is none. */
export function diffList<T extends Keyed>(before: readonly T[], next: readonly T[]): ListDiff<T> | undefined {
  if (before === next) return undefined;
  const kept = staying(before, next);
  const old = new Map(before.map((item) => [item.key, item]));
  const removed = before.filter(({ key }) => !kept.has(key)).map(({ key }) => key);
  const changed = next.filter((item) => kept.has(item.key) && old.get(item.key) !== item);
  const added: { at: number; items: T[] }[] = [];
  for (const [at, item] of next.entries()) {
    if (kept.has(item.key)) continue;
    const span = added.at(-1);
    if (span && span.at + span.items.length === at) span.items.push(item);
    else added.push({ at, items: [item] });
  }
  if (removed.length + changed.length + added.length === 0) return undefined;
  return { removed, changed, added };
}

/** The list that a difference leads to; the given one stays as it is. */
export function applyDiff<T extends Keyed>(before: readonly T[], diff: ListDiff<T>): readonly T[] {
  const gone = new Set(diff.removed);
  const changed = new Map(diff.changed.map((item) => [item.key, item]));
  const next = before.filter(({ key }) => !gone.has(key)).map((item) => changed.get(item.key) ?? item);
  for (const { at, items } of diff.added) next.splice(at, 0, ...items);
  return next;
}
