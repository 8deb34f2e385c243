import type { IqHandler, IqTarget } from './module.js';

/** Who answers which request: at most one handler for each target, type, namespace and name. */
export class IqTable {
  readonly #handlers = new Map<string, IqHandler>();

  /** @returns what takes it away. @throws Error when somebody answers for the same already */
  add(handler: IqHandler): () => void {
    const key = keyOf(handler.at, handler.type, handler.ns, handler.name);
    if (this.#handlers.has(key)) {
      throw new Error(`two handlers for iq ${handler.type} {${handler.ns}}${handler.name} at ${handler.at}`);
    }
    this.#handlers.set(key, handler);
    return () => void this.#handlers.delete(key);
  }

  /** The handler for a request, asked for at each of the targets in turn. */
  find(targets: readonly IqTarget[], type: 'get' | 'set', ns: string, name: string): IqHandler | undefined {
    for (const target of targets) {
      const found = this.#handlers.get(keyOf(target, type, ns, name));
      if (found) return found;
    }
    return undefined;
  }

  get size(): number {
    return this.#handlers.size;
  }
}

/** Names have no space in XML, so parts cannot run into each other. */
function keyOf(target: IqTarget, type: 'get' | 'set', ns: string, name: string): string {
  return `${target} ${type} ${name} ${ns}`;
}
