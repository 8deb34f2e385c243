import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const lean = fileURLToPath(new URL('lit.ts', import.meta.url));

/** Puts what our elements use of Lit in its place. A name that they want of it and that ours lacks fails the build. */
export function leanLit(): Plugin {
  return {
    name: 'lean-lit',
    enforce: 'pre',
    resolveId: (id) => (id === 'lit' ? lean : null),
  };
}
