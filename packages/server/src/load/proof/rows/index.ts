import type { Row } from '../row.js';
import { archiveManyRooms, archiveOneRoom, growth, idle } from './costs.js';
import { bosh, fastRoom, manyRooms, oneRoom } from './messages.js';
import { saturation } from './saturation.js';
import { signIns } from './sign-ins.js';
import { arrivals, joinAll1000, joinAll3000, joinBurst, reconnect } from './storms.js';

/** All that is promised of speed, in the order in which it is measured and told. */
export const ROWS: readonly Row[] = [
  oneRoom,
  saturation,
  fastRoom,
  manyRooms,
  idle,
  joinAll1000,
  joinAll3000,
  joinBurst,
  arrivals,
  reconnect,
  signIns,
  archiveOneRoom,
  archiveManyRooms,
  bosh,
  growth,
];
