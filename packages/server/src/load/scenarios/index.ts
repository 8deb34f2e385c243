import type { Scenario } from '../scenario.js';
import { oneRoom } from './one-room.js';

/** All scenarios, in the order in which they are listed. */
export const SCENARIOS: readonly Scenario[] = [oneRoom];

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
