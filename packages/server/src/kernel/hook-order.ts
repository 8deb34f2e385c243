import type { HookOrder } from './hooks.js';

/** What is ordered: whose handler it is, and where it wants to stand. */
export interface Ordered {
  readonly moduleId: string;
  readonly order: HookOrder;
}

/**
 * Puts handlers in the order that their modules asked for; where nobody asked, in the order of registration.
 * A name of a module that is not there is passed over, so that an order may name modules that can be switched off.
 * @throws Error naming the modules, when they want to stand in a circle
 */
export function inOrder<Entry extends Ordered>(hook: string, entries: readonly Entry[]): Entry[] {
  const before = new Map<Entry, Set<Entry>>(entries.map((entry) => [entry, new Set()]));
  for (const entry of entries) {
    for (const other of entries) {
      if (other.moduleId === entry.moduleId) continue;
      if (entry.order.before?.includes(other.moduleId)) before.get(other)?.add(entry);
      if (entry.order.after?.includes(other.moduleId)) before.get(entry)?.add(other);
    }
  }
  const sorted: Entry[] = [];
  while (sorted.length < entries.length) {
    const next = entries.find((entry) => before.get(entry)?.size === 0);
    if (!next) throw new Error(`hook ${hook}: modules ${circle(before)} each want to stand before the next`);
    before.delete(next);
    for (const waiting of before.values()) waiting.delete(next);
    sorted.push(next);
  }
  return sorted;
}

/** Walks back from any entry until one comes again: that part is a circle. */
function circle(before: ReadonlyMap<Ordered, ReadonlySet<Ordered>>): string {
  const walked: Ordered[] = [];
  let at = before.keys().next().value;
  while (at && !walked.includes(at)) {
    walked.unshift(at);
    at = before.get(at)?.values().next().value;
  }
  const round = at ? [at, ...walked.slice(0, walked.indexOf(at) + 1)] : walked;
  return round.map((entry) => entry.moduleId).join(' -> ');
}
