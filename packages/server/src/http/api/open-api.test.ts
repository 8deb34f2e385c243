import { expect, test } from 'vitest';
import { API_OPERATIONS } from './api-routes.js';
import { openApi } from './open-api.js';

type Described = {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { schema: object }>> }>
  >;
};

const { paths } = openApi(API_OPERATIONS, '1.2.3') as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
};
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.values(methods).map((described) => ({ path, ...described })),
);

test('each operation has a name of its own, and none is lost under the path of another', () => {
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(API_OPERATIONS.length);
});

test.each(operations)('$operationId: the parameters of $path are described, and no others', (operation) => {
  const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const described = (operation.parameters ?? []).filter((one) => one.in === 'path');
  expect(described.map(({ name }) => name).sort()).toEqual(inPath.sort());
  expect(described.every(({ required }) => required)).toBe(true);
});

test('an answer is described by what it is: JSON, lines of JSON, or nothing', () => {
  const done = Object.fromEntries(
    operations.map(({ operationId, responses }) => [
      operationId,
      Object.entries(responses)
        .filter(([status]) => status.startsWith('2'))
        .map(([status, { content }]) => [status, ...Object.keys(content ?? {})].join(' ')),
    ]),
  );
  expect(done['rooms.show']).toEqual(['200 application/json']);
  expect(done['rooms.kick']).toEqual(['204']);
  expect(done['users.delete']).toEqual(['200 application/json', '204']);
  const lines = Object.keys(done).filter((id) => done[id]?.includes('200 application/x-ndjson'));
  expect(lines).toEqual(Object.keys(done).filter((id) => id.endsWith('.export')));
});
