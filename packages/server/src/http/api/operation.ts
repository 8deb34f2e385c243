import type { StanzaError } from '@meerkat-chat/xmpp';
import type { z } from 'zod';
import type { ApiContext } from './api-context.js';
import type { ApiScope } from './settings.js';

/** What came of a request that was not done: a status of HTTP, and words for whoever wrote the program. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: 400 | 403 | 404 | 409 | 503;

  constructor(status: ApiProblem['status'], message: string) {
    super(message);
    this.status = status;
  }
}

type Details = Readonly<Record<string, unknown>>;

/** One thing that can be asked of the API: the route, its description and its deed in one place. */
export interface Operation<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
> {
  /** Its name in the audit log and in the description, such as `users.add`. */
  readonly id: string;
  readonly method: 'DELETE' | 'GET' | 'POST' | 'PUT';
  /** Below `/api`, with `{name}` for parameters. */
  readonly path: string;
  readonly scope: ApiScope;
  /** One line. */
  readonly summary: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly answer?: z.ZodType;
  /** What each line of an answer is that is JSON by lines (json-lines.ts), in place of `answer`. */
  readonly lines?: z.ZodType;
  /**
   * Does it. @returns the answer; nothing makes 204
   * @throws {ApiProblem} when it cannot be done
   */
  run(
    context: ApiContext,
    asked: {
      readonly params: z.output<Params>;
      readonly query: z.output<Query>;
      readonly body: z.output<Body>;
    },
  ): Promise<unknown>;
  /** Whom or what it touches, for the audit log (people by `UserAdmin.nameInLog`); only looking needs none. */
  target?(
    asked: {
      readonly params: z.output<Params>;
      readonly query: z.output<Query>;
      readonly body: z.output<Body>;
    },
    context: ApiContext,
  ): string;
  /** What else the audit log says of it; no secrets and nothing that people wrote. */
  details?(
    asked: {
      readonly params: z.output<Params>;
      readonly body: z.output<Body>;
    },
    context: ApiContext,
  ): Details | Promise<Details>;
}

/** Declares an operation, so that its parameters are typed inside. */
export function operation<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType>(
  declared: Operation<Params, Query, Body>,
): Operation {
  // Checked by its own schemas before it runs.
  return declared as unknown as Operation;
}

/** Makes a problem of what a module says of a task that it did not do. */
export function checkOutcome(error: StanzaError | undefined): void {
  if (!error) return;
  const message = error.text ?? error.condition;
  switch (error.condition) {
    case 'item-not-found':
      throw new ApiProblem(404, message);
    case 'conflict':
      throw new ApiProblem(409, message);
    case 'not-allowed':
    case 'forbidden':
      throw new ApiProblem(403, message);
    case 'resource-constraint':
    case 'internal-server-error':
      throw new ApiProblem(503, message);
    default:
      throw new ApiProblem(400, message);
  }
}
