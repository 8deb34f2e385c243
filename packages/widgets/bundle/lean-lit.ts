import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** Puts our `css-tag` in the place of Lit's. A name that a new version of Lit wants of it and it lacks fails the build. */
export function leanLit(): Plugin {
  return {
    name: 'lean-lit',
    enforce: 'pre',
    resolveId(id, importer) {
      const isLits = id === './css-tag.js' && importer?.includes('@lit/reactive-element');
      return isLits ? fileURLToPath(new URL('css-tag.ts', import.meta.url)) : null;
    },
  };
}
