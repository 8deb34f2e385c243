import type { StorybookConfig } from '@storybook/web-components-vite';

/** `npm run storybook` and `npm run build-storybook`. It tells nobody anything, and needs no network. */
const config: StorybookConfig = {
  stories: ['../stories/**/*.mdx', '../stories/**/*.stories.ts'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y'],
  framework: {
    name: '@storybook/web-components-vite',
    // Relative to the package, since it is written into the page.
    options: { builder: { viteConfigPath: '.storybook/vite.config.ts' } },
  },
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  docs: { defaultName: 'Reference' },
};
export default config;
