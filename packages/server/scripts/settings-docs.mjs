// Writes docs/settings.md out of the built schema and the doc comments of the sources.
// Usage: npm run build && npm run docs --workspace @meerkat-chat/server

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describeBy, settingSources, settingsDocs } from '../dist/config/settings-docs.js';
import { settings } from '../dist/config.js';

const src = path.resolve(import.meta.dirname, '../src');
const page = settingsDocs(settings, describeBy(settingSources(src)));
writeFileSync(path.resolve(src, '../../../docs/settings.md'), page);
