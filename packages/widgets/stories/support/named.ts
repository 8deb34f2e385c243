import type { State } from '../../dev/scenes.js';

/** Takes a state by its name; throws for one that is not there. */
export function named(states: ReadonlyMap<string, () => State>): (name: string) => () => State {
  return (name) => {
    const make = states.get(name);
    if (make === undefined) throw new RangeError(`no state "${name}"`);
    return make;
  };
}
