import type { FakeChat } from '@meerkat-chat/sdk/testing';
import { browserSurroundings, type Surroundings } from '../../src/runtime.js';

/** From here on, in ms, what goes by itself stays: who makes pictures of a story, or judges it, may take longer. */
const STAYS = 5_000;

/** What an element of a story has around it: the time stands where its chat says, and what is to be soon comes. */
export function storySurroundings({ clock }: FakeChat): Surroundings {
  const { after } = browserSurroundings.clock;
  return {
    ...browserSurroundings,
    clock: {
      now: () => clock.now(),
      after: (delay, run) => (delay < STAYS ? after(delay, run) : () => {}),
    },
  };
}
