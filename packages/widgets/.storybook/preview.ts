import { type Preview, setCustomElementsManifest } from '@storybook/web-components-vite';
import { configure } from 'storybook/test';
import manifest from '../dist/custom-elements.json' with { type: 'json' };
import { fontsLoaded } from '../stories/support/fonts.js';
import { onStage, stageControls } from '../stories/support/stage.js';
import Reference from './reference.mdx';

setCustomElementsManifest(manifest);
// A guard against what never comes, not a measure: what is loaded on demand takes its time on a busy machine.
configure({ asyncUtilTimeout: 15_000 });

const preview: Preview = {
  tags: ['autodocs'],
  loaders: [async () => void (await fontsLoaded)],
  decorators: [onStage],
  globalTypes: stageControls,
  initialGlobals: { theme: 'auto', direction: 'ltr', density: 'auto', width: '360', line: 'open' },
  parameters: {
    layout: 'fullscreen',
    backgrounds: { disabled: true },
    options: { storySort: { order: ['chat-room', 'chat-box', 'presence-badge'] } },
    docs: { page: Reference },
    a11y: {
      // The page around the story is Storybook's.
      context: '#storybook-root',
      test: 'error',
      options: {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      },
    },
  },
};
export default preview;
