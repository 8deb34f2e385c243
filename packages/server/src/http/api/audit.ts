import { z } from 'zod';
import { operation } from './operation.js';

/** What administrators did. */
export const auditOperations = [
  operation({
    id: 'audit.list',
    method: 'GET',
    path: '/audit',
    scope: 'audit:read',
    summary: 'Lists what administrators did, the latest first.',
    query: z.object({
      before: z.coerce.number().int().min(1).optional().describe('Only entries with a smaller id.'),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    answer: z.object({
      entries: z.array(
        z.object({
          id: z.int(),
          at: z.number().describe('Milliseconds since 1970.'),
          actor: z.string(),
          action: z.string(),
          target: z.string(),
          details: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
    run: async ({ audit }, { query }) => ({
      entries: await audit.list({
        limit: query.limit,
        ...(query.before === undefined ? {} : { before: query.before }),
      }),
    }),
  }),
];
