import { type Plugin, runnerImport } from 'vite';

/** Reckons the styles of the tokens when the bundle is made: their text is shorter than what makes it. */
export function settledTokens(): Plugin {
  return {
    name: 'settled-tokens',
    load: {
      filter: { id: /\/src\/tokens\/tokens\.styles\.ts$/ },
      async handler(id) {
        const { module } = await runnerImport<typeof import('../src/tokens/tokens.styles.js')>(id, {
          configFile: false,
        });
        return `import { css } from 'lit';\nexport const tokenStyles = css\`${module.tokenStyles.cssText}\`;`;
      },
    },
  };
}
