import type { Decorator } from '@storybook/web-components-vite';
import { STORY_FONT } from './fonts.js';

/** What the toolbar chooses; every story stands on a stage that obeys it. */
export interface StageGlobals {
  readonly theme: 'auto' | 'dark' | 'light';
  readonly direction: 'ltr' | 'rtl';
  readonly density: 'auto' | 'cosy' | 'live';
  /** In px, or `full` for all that there is. */
  readonly width: '320' | '360' | '480' | '720' | 'full';
}

const control = <const Icon extends string>(
  title: string,
  icon: Icon,
  items: readonly { value: string; title: string }[],
) => ({
  name: title,
  description: title,
  toolbar: { title, icon, items: [...items], dynamicTitle: true },
});

/** The controls in the toolbar, in the shape that Storybook's `globalTypes` has. */
export const stageControls = {
  theme: control('Theme', 'contrast', [
    { value: 'auto', title: 'Theme: the system’s' },
    { value: 'light', title: 'Light' },
    { value: 'dark', title: 'Dark' },
  ]),
  direction: control('Direction', 'transfer', [
    { value: 'ltr', title: 'Left to right' },
    { value: 'rtl', title: 'Right to left' },
  ]),
  density: control('Density', 'component', [
    { value: 'auto', title: 'Density: by width' },
    { value: 'live', title: 'Live' },
    { value: 'cosy', title: 'Cosy' },
  ]),
  width: control('Width', 'grow', [
    { value: '320', title: '320 px' },
    { value: '360', title: '360 px' },
    { value: '480', title: '480 px' },
    { value: '720', title: '720 px' },
    { value: 'full', title: 'Full width' },
  ]),
} as const;

/** What the toolbar says, for a story that hands some of it on to its element. */
export function stageGlobals(globals: Readonly<Record<string, unknown>>): StageGlobals {
  return {
    theme: oneOf(globals.theme, ['auto', 'dark', 'light']),
    direction: oneOf(globals.direction, ['ltr', 'rtl']),
    density: oneOf(globals.density, ['auto', 'cosy', 'live']),
    width: oneOf(globals.width, ['360', '320', '480', '720', 'full']),
  };
}

function oneOf<const T extends string>(value: unknown, allowed: readonly [T, ...T[]]): T {
  return allowed.find((one) => one === value) ?? allowed[0];
}

/** Puts a story on a ground of the chosen scheme, direction and width, as a page would. */
export const onStage: Decorator = (story, { globals, viewMode, parameters }) => {
  const { theme, direction, width } = stageGlobals(globals);
  // A page has one main; a page of documentation has its own already.
  const stage = document.createElement(viewMode === 'docs' ? 'div' : 'main');
  const scheme = theme === 'auto' ? 'light dark' : theme;
  stage.dir = direction;
  stage.style.cssText = `
    box-sizing: border-box;
    color-scheme: ${scheme};
    font-family: '${STORY_FONT}', sans-serif;
    padding: 16px;
    background: light-dark(#f3f4f4, #0c1112);
    color: light-dark(#16191a, #eef1f1);
    ${viewMode === 'docs' ? 'border-radius: 4px;' : 'min-height: 100vh;'}
  `;
  const frame = document.createElement('div');
  const asked: unknown = parameters.width;
  const px = width === '360' && typeof asked === 'number' ? String(asked) : width;
  frame.style.maxWidth = px === 'full' ? 'none' : `${px}px`;
  frame.append(story() as Node);
  stage.append(frame);
  return stage;
};
