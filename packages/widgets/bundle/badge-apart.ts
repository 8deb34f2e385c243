import type { Plugin } from 'vite';

/** Small files without state, which the badge and the other elements need at once. */
const SHARED = /\/src\/(define|locales\/(language|primary)-of|runtime|version)\.ts$/;
const OWN = '?badge';

/** Gives `<presence-badge>` copies of its own of these few lines: a file for them alone would cost more than they do. */
export function badgeApart(): Plugin {
  return {
    name: 'badge-apart',
    enforce: 'pre',
    async resolveId(id, importer) {
      if (!importer?.includes('presence-badge')) return null;
      const found = await this.resolve(id, importer, { skipSelf: true });
      return found && SHARED.test(found.id) ? { ...found, id: found.id + OWN } : null;
    },
  };
}
