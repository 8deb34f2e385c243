import { z } from 'zod';

/** What JSON Schema says of one setting, as far as it is used here. */
interface JsonNode {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonNode>>;
  readonly items?: JsonNode;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly default?: unknown;
  /** Set by `.meta({ secret: true })`. */
  readonly secret?: boolean;
}

/** One setting: a leaf of the schema. */
export interface Setting {
  /** `limits.stanzaBytes` */
  readonly path: string;
  readonly keys: readonly string[];
  /** `MEERKAT_LIMITS__STANZA_BYTES` */
  readonly env: string;
  /** What may stand there, in words. */
  readonly allowed: string;
  readonly type: 'boolean' | 'json' | 'number' | 'text';
  /** Its value is never told, in no message and no log. */
  readonly secret: boolean;
  /** Undefined where there is none. */
  readonly fallback: unknown;
}

function envName(keys: readonly string[]): string {
  const levels = keys.map((key) =>
    key
      .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
      .replaceAll('-', '_')
      .toUpperCase(),
  );
  return `MEERKAT_${levels.join('__')}`;
}

function numbers(node: JsonNode): string {
  const kind = node.type === 'integer' ? 'a whole number' : 'a number';
  const least = node.minimum === Number.MIN_SAFE_INTEGER ? undefined : node.minimum;
  const most = node.maximum === Number.MAX_SAFE_INTEGER ? undefined : node.maximum;
  if (least !== undefined && most !== undefined) return `${kind} from ${least} to ${most}`;
  if (least !== undefined) return `${kind}, ${least} or more`;
  return most === undefined ? kind : `${kind}, ${most} or less`;
}

function allowedBy(node: JsonNode): string {
  if (node.enum) return `one of ${node.enum.map((value) => String(value)).join(', ')}`;
  switch (node.type) {
    case 'boolean':
      return 'true or false';
    case 'integer':
    case 'number':
      return numbers(node);
    case 'array':
      return `a list, each ${node.items ? allowedBy(node.items) : 'anything'}`;
    case 'string':
      if (node.pattern !== undefined) return `text that matches ${node.pattern}`;
      if (node.minLength === undefined) return 'text';
      return node.minLength === 1 ? 'text, not empty' : `text of ${node.minLength} characters or more`;
    default:
      return 'JSON';
  }
}

function typeOf(node: JsonNode): Setting['type'] {
  switch (node.type) {
    case 'boolean':
      return 'boolean';
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
      return 'text';
    default:
      return 'json';
  }
}

function collect(node: JsonNode, keys: readonly string[], defaults: unknown): Setting[] {
  const value = node.default ?? defaults;
  if (node.properties) {
    return Object.entries(node.properties).flatMap(([key, child]) => {
      const inner = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
      return collect(child, [...keys, key], inner);
    });
  }
  return [
    {
      path: keys.join('.'),
      keys,
      env: envName(keys),
      allowed: allowedBy(node),
      type: typeOf(node),
      secret: node.secret ?? false,
      fallback: value,
    },
  ];
}

/** Every setting of a schema, in its order. */
export function settingsOf(schema: z.ZodType): readonly Setting[] {
  const node: JsonNode = JSON.parse(
    JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })),
  );
  // A setting whose value is transformed tells its default only by being parsed.
  const parsed = schema.safeParse({});
  return collect(node, [], parsed.success ? parsed.data : undefined);
}
