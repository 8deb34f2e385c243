import { publicOnly } from './scripts/public-only.mjs';

/** What `cem analyze` reads (the classes of the elements and of their events) and where it writes. */
export default {
  globs: ['src/**/*-element.ts', 'src/**/*.events.ts'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [publicOnly()],
};
