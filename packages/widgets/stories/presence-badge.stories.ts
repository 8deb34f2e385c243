import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import type { PresenceBadge } from '../src/presence-badge/presence-badge.js';
import '../src/presence-badge/presence-badge.js';
import type { PresenceState } from '../src/presence-badge/status.js';
import type { StatusSource } from '../src/presence-badge/status-polls.js';
import { frames } from './support/settle.js';
import { stageGlobals } from './support/stage.js';

interface BadgeArgs {
  readonly state: PresenceState;
  readonly label: string | undefined;
  readonly size: string;
}

/** Tells one status at once, and asks nobody. */
const always = (state: PresenceState): StatusSource => ({
  watch: (_, told) => {
    told({ state });
    return { see: () => {}, end: () => {} };
  },
});

const meta: Meta<BadgeArgs> = {
  title: 'presence-badge',
  component: 'presence-badge',
  args: { state: 'online', label: undefined, size: '' },
  argTypes: {
    state: { control: 'select', options: ['online', 'away', 'dnd', 'offline', 'unknown'] },
    label: { control: 'text' },
    size: { control: 'text', description: '`--presence-size`', table: { category: 'story' } },
  },
  parameters: { controls: { include: ['state', 'label', 'size'] } },
  render: ({ state, label, size }, { globals }) => {
    const { theme } = stageGlobals(globals);
    const badge: PresenceBadge = document.createElement('presence-badge');
    badge.source = always(state);
    badge.user = 'k7QwExampleOfAnOpaqueId';
    badge.label = label;
    if (theme !== 'auto') badge.theme = theme;
    if (size !== '') badge.style.setProperty('--presence-size', size);
    const line = document.createElement('p');
    line.style.cssText = 'margin: 0; line-height: 1.5';
    line.append(badge, label === undefined ? ' Mira' : '');
    return line;
  },
  play: async ({ canvasElement, args }) => {
    const badge = canvasElement.querySelector('presence-badge');
    if (badge?.state !== args.state) throw new Error(`shows ${badge?.state}, not ${args.state}`);
    await frames(2);
  },
};
export default meta;

type Story = StoryObj<BadgeArgs>;

export const Online: Story = {};
export const Away: Story = { args: { state: 'away' } };
export const DoNotDisturb: Story = { args: { state: 'dnd' } };
export const Offline: Story = { args: { state: 'offline' } };
export const Unknown: Story = { args: { state: 'unknown' } };
export const InWords: Story = { args: { state: 'away', label: '' } };
export const WithName: Story = { args: { label: 'Mira' } };
export const Large: Story = { args: { size: '24px' } };

/** Somebody who comes and goes: the badge says so, and tells the page. */
export const ComesAndGoes: Story = {
  render: (_, { globals }) => {
    const { theme } = stageGlobals(globals);
    const badge: PresenceBadge = document.createElement('presence-badge');
    badge.setAttribute('user', 'k7QwExampleOfAnOpaqueId');
    badge.setAttribute('src', 'https://chat.example');
    badge.setAttribute('label', 'Mira');
    if (theme !== 'auto') badge.theme = theme;
    return badge;
  },
  play: async ({ canvasElement }) => {
    const badge = canvasElement.querySelector('presence-badge');
    if (badge === null) throw new Error('the story shows no <presence-badge>');
    const told: PresenceState[] = [];
    badge.addEventListener('presence-change', ({ state }) => void told.push(state));
    const asked: string[] = [];
    badge.source = {
      watch: (what, tell) => {
        asked.push(what);
        for (const state of ['online', 'away', 'online'] as const) tell({ state });
        return { see: () => {}, end: () => {} };
      },
    };
    await frames(2);
    expect(told).toEqual(['online', 'away', 'online']);
    expect(asked).toEqual(['https://chat.example/status/k7QwExampleOfAnOpaqueId.json']);
  },
};
