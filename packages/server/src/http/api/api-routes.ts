import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Attempts } from '../../auth/attempts.js';
import type { Logger } from '../../kernel/logger.js';
import type { ApiContext } from './api-context.js';
import { type ApiCaller, ApiKeys } from './api-keys.js';
import { archiveOperations } from './archives.js';
import { auditOperations } from './audit.js';
import { embedOperations } from './embeds.js';
import { JsonLines } from './json-lines.js';
import { occupantOperations } from './occupants.js';
import { openApi } from './open-api.js';
import { ApiProblem, type Operation } from './operation.js';
import { roomOperations } from './rooms.js';
import type { ApiSettings } from './settings.js';
import { userOperations } from './users.js';

/** Everything that can be asked of the API. */
export const API_OPERATIONS: readonly Operation[] = [
  ...userOperations,
  ...occupantOperations,
  ...roomOperations,
  ...archiveOperations,
  ...embedOperations,
  ...auditOperations,
];

/** The largest body that is read, in bytes. */
export const MAX_API_BODY = 65_536;

/** What the API is made of. */
export interface ApiRoutesOptions {
  readonly context: ApiContext;
  readonly keys: ApiSettings['keys'];
  /** Counts wrong keys by address; none where that is lifted. */
  readonly attempts: Attempts | undefined;
  /** Who asks, where the way in alone says so: then no key is looked for. */
  readonly trusted?: ApiCaller;
  readonly log: Logger;
  readonly version: string;
  readonly now: () => number;
}

const NOTHING = z.object({});

/**
 * The API for administration below `/api`: a key with the scope for it as a bearer token, JSON in and out, problems as
 * `{"error": "..."}`. Whatever changes something is written into the audit log, whether it could be done or not.
 * `/api/openapi.json` describes it. Pages of other origins cannot use it: a key has no place in a page.
 */
export function apiRoutes(app: FastifyInstance, options: ApiRoutesOptions): void {
  const { version } = options;
  const keys = new ApiKeys(options.keys);
  /** Who asks, as it was found before the body was read. */
  const callers = new WeakMap<FastifyRequest, ApiCaller>();
  app.register(
    async (scope) => {
      scope.setErrorHandler((error, _, reply) => answerProblem(reply, error, options.log));
      scope.get('/openapi.json', (_, reply) =>
        reply.header('cache-control', 'no-cache').send(openApi(API_OPERATIONS, version)),
      );
      for (const operation of API_OPERATIONS) {
        scope.route({
          method: operation.method,
          url: operation.path.replace(/\{(\w+)\}/g, ':$1'),
          bodyLimit: MAX_API_BODY,
          // Before the body is read: who has no key sends us nothing.
          onRequest: async (request, reply) => {
            reply.header('cache-control', 'no-store');
            const caller = await judge(request, reply, keys, operation, options);
            if (caller) callers.set(request, caller);
          },
          handler: async (request, reply) => {
            const caller = callers.get(request);
            if (!caller) return reply;
            const answer = await perform(operation, request, caller, options);
            if (answer === undefined) return reply.code(204).send();
            if (answer instanceof JsonLines) reply.type('application/x-ndjson');
            return reply.send(answer);
          },
        });
      }
    },
    { prefix: '/api' },
  );
}

/** Who asks; answers who has no key for this. */
async function judge(
  request: FastifyRequest,
  reply: FastifyReply,
  keys: ApiKeys,
  { id: action, scope, target }: Operation,
  { attempts, context, log, now, trusted }: ApiRoutesOptions,
): Promise<ApiCaller | undefined> {
  if (trusted) return trusted;
  const refuse = (status: number, error: string): undefined => void reply.code(status).send({ error });
  if (attempts?.blocked(request.ip, undefined)) {
    return refuse(429, 'Too many wrong keys came from your address. Try again later.');
  }
  const caller = keys.callerOf(request.headers.authorization);
  if (!caller) {
    attempts?.failed(request.ip, undefined);
    log.info({ address: request.ip }, 'a request to the API had no key, or a wrong one');
    reply.header('www-authenticate', 'Bearer');
    return refuse(401, 'A key of the setting api.keys is needed, as a bearer token.');
  }
  if (caller.scopes.includes(scope)) return caller;
  const problem = `The key ${caller.name} has no scope ${scope}.`;
  const { actor } = caller;
  log.info({ actor, action }, 'a key has no scope for what it was used for');
  // Whom it was about stands in a body that is not read.
  if (target) await context.audit.append({ at: now(), actor, action, target: '', details: { problem } });
  return refuse(403, problem);
}

async function perform(
  operation: Operation,
  request: FastifyRequest,
  caller: ApiCaller,
  { context, log, now }: ApiRoutesOptions,
): Promise<unknown> {
  const asked = {
    params: read(operation.params ?? NOTHING, request.params, 'address'),
    query: read(operation.query ?? NOTHING, request.query, 'query'),
    body: operation.body ? read(operation.body, request.body ?? {}, 'body') : undefined,
  };
  if (!operation.target) return operation.run(context, asked);
  const entry = {
    at: now(),
    actor: caller.actor,
    action: operation.id,
    target: operation.target(asked, context),
    details: (await operation.details?.(asked, context)) ?? {},
  };
  try {
    const answer = await operation.run(context, asked);
    await context.audit.append(entry);
    log.info({ actor: entry.actor, action: entry.action, target: entry.target }, 'administration');
    return answer;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    await context.audit.append({ ...entry, details: { ...entry.details, problem } });
    throw error;
  }
}

function read<Schema extends z.ZodType>(schema: Schema, value: unknown, place: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ApiProblem(400, `${[place, ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? 'malformed'}`);
}

function answerProblem(reply: FastifyReply, error: unknown, log: Logger): FastifyReply {
  if (error instanceof ApiProblem) return reply.code(error.status).send({ error: error.message });
  const status =
    error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
      ? error.statusCode
      : 500;
  if (status < 500) {
    const message = status === 413 ? `A body has ${MAX_API_BODY} bytes at most.` : 'The body is not JSON.';
    return reply.code(status).send({ error: message });
  }
  log.error({ err: error }, 'a request to the API failed');
  return reply.code(500).send({ error: 'The server failed to do it; its log says why.' });
}
