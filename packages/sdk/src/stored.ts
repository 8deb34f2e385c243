/** Tells what has a shape of its own. */
type Test = (value: unknown) => boolean;

/**
 * What a stored value has to look like: the name of a type, a list of one shape, fields by name, or a function that says
 * so. A `?` behind a name means that the field may be missing. A `count` is an integer from 0 on.
 */
export type Shape =
  | Test
  | 'boolean'
  | 'count'
  | 'number'
  | 'string'
  | readonly [Shape]
  | { readonly [field: string]: Shape };

/** The type of what has that shape. */
export type Fitting<S> = S extends 'string'
  ? string
  : S extends 'count' | 'number'
    ? number
    : S extends 'boolean'
      ? boolean
      : S extends readonly [infer Item]
        ? readonly Fitting<Item>[]
        : S extends (value: unknown) => value is infer Told
          ? Told
          : { readonly [Name in keyof S as Name extends `${string}?` ? never : Name]: Fitting<S[Name]> } & {
              readonly [Name in keyof S as Name extends `${infer Own}?` ? Own : never]?:
                | Fitting<S[Name]>
                | undefined;
            };

/** True for a value of that shape. What a page finds in storage may be of another version, or somebody else's. */
export function fits<const S extends Shape>(value: unknown, shape: S): value is Fitting<S> {
  if (shape === 'count') return Number.isSafeInteger(value) && (value as number) >= 0;
  if (typeof shape === 'function') return shape(value);
  if (typeof shape === 'string') return typeof value === shape;
  if (Array.isArray(shape)) return Array.isArray(value) && value.every((item) => fits(item, shape[0]));
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(shape).every(([name, field]) => {
      const found: unknown = (value as Readonly<Record<string, unknown>>)[name.replace('?', '')];
      return (name.endsWith('?') && found === undefined) || fits(found, field);
    })
  );
}
