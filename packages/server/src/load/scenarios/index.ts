import type { Scenario } from '../scenario.js';
import { direct } from './direct.js';
import { history } from './history.js';
import { idle } from './idle.js';
import { joinStorm } from './join-storm.js';
import { manyRooms } from './many-rooms.js';
import { mixed } from './mixed.js';
import { oneRoom } from './one-room.js';
import { presenceChurn } from './presence-churn.js';
import { reconnectStorm } from './reconnect-storm.js';
import { reload } from './reload.js';
import { saturation } from './saturation.js';
import { signIn } from './sign-in.js';
import { slowReaders } from './slow-readers.js';

/** All scenarios, in the order in which they are listed. */
export const SCENARIOS: readonly Scenario[] = [
  oneRoom,
  manyRooms,
  joinStorm,
  reconnectStorm,
  reload,
  idle,
  presenceChurn,
  direct,
  history,
  mixed,
  slowReaders,
  saturation,
  signIn,
];

/** The scenario of that name. @throws RangeError when there is none */
export function scenarioOf(name: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (!found) {
    throw new RangeError(
      `there is no scenario ${name}, but ${SCENARIOS.map((scenario) => scenario.name).join(', ')}`,
    );
  }
  return found;
}
