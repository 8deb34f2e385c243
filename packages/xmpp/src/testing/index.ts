export { FakeClock } from './fake-clock.js';
export type { PairedLink } from './link-pair.js';
export { linkPair, settle } from './link-pair.js';
export { SeededRandom } from './seeded-random.js';
