import { z } from 'zod';
import type { Operation } from './operation.js';

const PROBLEM = {
  description: 'It was not done.',
  content: {
    'application/json': {
      schema: { type: 'object', properties: { error: { type: 'string' } }, required: ['error'] },
    },
  },
};

type Json = Readonly<Record<string, unknown>>;

/** The description of the API (OpenAPI 3.1), made of the operations themselves. */
export function openApi(operations: readonly Operation[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const one of operations) {
    const path = `/api${one.path}`;
    paths[path] = { ...paths[path], [one.method.toLowerCase()]: describe(one) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Meerkat', description: 'Administration of a Meerkat server.', version },
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    paths,
  };
}

function describe({ answer, body, id, lines, params, query, scope, summary }: Operation): Json {
  const parameters = [...parametersOf(params, 'path'), ...parametersOf(query, 'query')];
  return {
    operationId: id,
    summary,
    description: `Needs a key with the scope \`${scope}\`.`,
    security: [{ key: [] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body ? { requestBody: { required: true, content: json(body) } } : {}),
    responses: {
      ...doneOf(answer, lines),
      '4XX': PROBLEM,
      '5XX': PROBLEM,
    },
  };
}

function doneOf(answer: z.ZodType | undefined, lines: z.ZodType | undefined): Json {
  // An answer that may be left out is 204 then.
  const silent = answer?.safeParse(undefined).success ? { 204: { description: 'Done.' } } : {};
  if (answer) return { 200: { description: 'Done.', content: json(answer) }, ...silent };
  if (!lines) return { 204: { description: 'Done.' } };
  const content = { 'application/x-ndjson': { schema: schemaOf(lines) } };
  return { 200: { description: 'JSON, one thing of this shape a line, as it is read.', content } };
}

function json(schema: z.ZodType): Json {
  return { 'application/json': { schema: schemaOf(schema) } };
}

/** What a schema takes, as JSON Schema. */
export function schemaOf(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}

function parametersOf(schema: z.ZodObject | undefined, place: 'path' | 'query'): readonly Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema) as {
    readonly properties?: Readonly<Record<string, { readonly description?: string }>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}
