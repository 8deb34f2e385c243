// What a page downloads before somebody can read and send.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { embedBytes, gzip } from '../../../../scripts/lib/embed-files.mjs';
import { peersFolder } from '../lib/peers.mjs';
import { OURS } from '../lib/verdict.mjs';

const packed = (file) => gzip(readFileSync(path.join(peersFolder, file))) / 1000;

export const bytes = {
  id: 'bytes',
  title: 'Bytes to read and send',
  note: 'gzip -9, each file alone, kB of 1,000 bytes; ours as `scripts/check-sizes.mjs` counts it. Styles of ours and of deep-chat are in their scripts. deep-chat brings no connection of a chat room, converse.js encryption, uploads and much else; its locale, emoji and fonts are not counted.',
  figures: [
    { id: 'script', name: 'scripts', unit: 'kB' },
    { id: 'style', name: 'style sheets', unit: 'kB' },
    { id: 'all', name: 'all', unit: 'kB', most: 45 },
  ],
  rounds: 1,
  subjects: () =>
    [
      [OURS, () => (embedBytes() + embedBytes('chat-room')) / 1000, () => 0],
      ['deep-chat', () => packed('deep-chat/dist/deepChat.bundle.js'), () => 0],
      [
        'converse.js',
        () => packed('converse.js/dist/converse.min.js'),
        () => packed('converse.js/dist/converse.min.css'),
      ],
    ].map(([name, scripts, styles]) => ({
      name,
      run: async () => {
        const [script, style] = [scripts(), styles()];
        return { figures: { script, style, all: script + style }, notes: [] };
      },
    })),
};
