import { z } from 'zod';
import { ERASED } from '../../accounts/erase-person.js';
import { readPerson } from '../../accounts/read-person.js';
import type { ApiContext } from './api-context.js';
import { roomNamed } from './api-context.js';
import { jsonLines } from './json-lines.js';
import { operation } from './operation.js';
import { done } from './users.js';

const params = z.object({
  room: z.string().min(1).describe('Its name, or its whole address.'),
  occupant: z.string().describe('The occupant-id that messages in the archive have.'),
});

/** Whom the parameters mean. */
function personOf(context: ApiContext, { occupant, room }: z.output<typeof params>) {
  const jid = roomNamed(context, room);
  return done((async () => readPerson(context.accounts.users, { room: jid, occupant }))());
}

/** People of whom nothing but messages in one room is left to know them by: guests who have gone. */
export const occupantOperations = [
  operation({
    id: 'occupants.export',
    method: 'GET',
    path: '/rooms/{room}/occupants/{occupant}/export',
    scope: 'users:export',
    summary: 'What an occupant said in a room, as JSON, one message a line.',
    params,
    lines: z.looseObject({ kind: z.string() }),
    run: async (context, { params }) => jsonLines(context.accounts.export(await personOf(context, params))),
    target: ({ params }) => params.room,
  }),
  operation({
    id: 'occupants.erase',
    method: 'DELETE',
    path: '/rooms/{room}/occupants/{occupant}',
    scope: 'users:write',
    summary: 'Erases what an occupant said in a room; answers how many messages that were.',
    params,
    answer: z.object({ erased: z.record(z.string(), z.int()) }),
    run: async (context, { params }) => ({
      erased: await done(context.accounts.erase(await personOf(context, params))),
    }),
    target: () => ERASED,
  }),
];
