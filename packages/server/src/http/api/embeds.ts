import { z } from 'zod';
import { EMBED_FEATURES, embedOrigin, MAX_EMBED_LIFE, MOST_IN_EMBED } from '../embed-config.js';
import { ApiProblem, operation } from './operation.js';

const signed = z.object({
  rooms: z
    .array(z.string().min(1))
    .min(1)
    .max(MOST_IN_EMBED)
    .describe('Those that may be framed; `*` for all.'),
  origins: z.array(embedOrigin).min(1).max(MOST_IN_EMBED).describe('Of the pages that may frame them.'),
  features: z.array(z.enum(EMBED_FEATURES)).default([]),
  life: z.int().min(1000).max(MAX_EMBED_LIFE).describe('How long it is good, in milliseconds.'),
});

/** Addresses of framed rooms. */
export const embedOperations = [
  operation({
    id: 'embeds.sign',
    method: 'POST',
    path: '/embeds',
    scope: 'rooms:write',
    summary: 'Signs the address of a framed room, for an iframe.',
    body: signed,
    answer: z.object({ path: z.string().describe('Below the origin of the server.') }),
    target: ({ body }) => body.rooms.join(' '),
    details: ({ body: { origins, features, life } }) => ({ origins, features, life }),
    run: async ({ embeds }, { body: { life, ...config } }) => {
      try {
        return { path: await embeds.pathOf(config, life) };
      } catch (error) {
        throw error instanceof RangeError ? new ApiProblem(400, error.message) : error;
      }
    },
  }),
];
