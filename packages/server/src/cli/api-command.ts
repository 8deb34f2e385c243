import { type Command, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import type { Config } from '../config.js';
import { API_OPERATIONS } from '../http/api/api-routes.js';
import { schemaOf } from '../http/api/open-api.js';
import type { Operation } from '../http/api/operation.js';
import { ApiRefusal, askApi } from './api-client.js';
import { type CommonOptions, configOf, withCommonOptions } from './common.js';
import { CliError, type CliIo } from './io.js';
import { nearest } from './nearest.js';
import { type Showing, showAnswer } from './show-answer.js';

/** A command that is an operation of the API: its words are here, all else is in the operation. */
export interface ApiCommand {
  /** Words, then arguments by the names of what they fill in: `room kick <room> <nick>`. Everything else is an option. */
  readonly usage: string;
  /** The id of the operation. */
  readonly operation: string;
  /** Where it does less than its operation. */
  readonly summary?: string;
  /** What is not to be chosen. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** By default every field of the answer. */
  readonly show?: Showing;
}

/** What of a schema of JSON an option needs. */
interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly default?: unknown;
}

type Given = Readonly<Record<string, unknown>>;
const EMPTY = z.object({});

/** Adds a command; groups that are not there yet are made. @throws Error when there is no such operation */
export function addApiCommand(
  program: Command,
  { fixed = {}, operation: id, show = { kind: 'fields' }, summary, usage }: ApiCommand,
  groups: Readonly<Record<string, string>>,
  io: CliIo,
): void {
  const operation = API_OPERATIONS.find((one) => one.id === id);
  if (!operation) throw new Error(`there is no operation ${id}`);
  const words = usage.split(' ').filter((word) => !word.startsWith('<'));
  const args = [...usage.matchAll(/<(\w+)>/g)].map(([, name = '']) => name);
  const group = words.slice(0, -1).reduce((parent, word) => groupOf(parent, word, groups), program);
  const command = group.command(words.at(-1) ?? '').description(summary ?? bidding(operation.summary));
  const fields = [operation.params, operation.query, operation.body].flatMap(fieldsOf);
  for (const name of args) {
    command.argument(`<${name}>`, describe(fields.find((field) => field.name === name)));
  }
  for (const field of fields) {
    if (!args.includes(field.name) && !(field.name in fixed)) command.addOption(optionOf(field));
  }
  withCommonOptions(command).option('--json', 'the answer as JSON');
  command.action(async (...given: unknown[]) => {
    const options = given[args.length] as CommonOptions & Given & { readonly json?: true };
    const values: Given = {
      ...options,
      ...Object.fromEntries(args.map((name, at) => [name, given[at]])),
      ...fixed,
    };
    const answer = await ask(operation, values, options, io);
    if (options.json) return void io.stdout.write(`${JSON.stringify(answer ?? {})}\n`);
    const lines = answer === undefined ? ['done'] : showAnswer(answer, show);
    for (const line of lines) io.stdout.write(`${line}\n`);
  });
}

async function ask(operation: Operation, values: Given, options: CommonOptions, io: CliIo): Promise<unknown> {
  const config = configOf(options, io);
  return orMeant(config, values.room, () => askApi(config, requestOf(operation, values)));
}

/** Does something with a room. Where there is none of that name, those are told that may have been meant. */
export async function orMeant<T>(
  config: Pick<Config, 'data'>,
  room: unknown,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiRefusal) || error.status !== 404 || typeof room !== 'string') throw error;
    throw new CliError(`${error.message}${await meant(config, room)}`);
  }
}

/** The request that does an operation with these values. */
export function requestOf({ body, method, params, path, query }: Operation, values: Given) {
  const pick = (schema: z.ZodType | undefined): [string, unknown][] =>
    fieldsOf(schema)
      .map(({ name }): [string, unknown] => [name, values[name]])
      .filter(([, value]) => value !== undefined);
  const filled = pick(params).reduce(
    (text, [name, value]) => text.replace(`{${name}}`, encodeURIComponent(String(value))),
    path,
  );
  const search = new URLSearchParams(
    pick(query).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return {
    method,
    path: search === '' ? filled : `${filled}?${search}`,
    body: body && Object.fromEntries(pick(body)),
  };
}

/** The rooms that there are of nearly that name, in words. */
async function meant(config: Pick<Config, 'data'>, room: string): Promise<string> {
  const answer = await askApi(config, { method: 'GET', path: '/rooms?limit=1000' });
  const listed = z.object({ rooms: z.array(z.object({ jid: z.string() })) }).safeParse(answer);
  const names =
    listed.data?.rooms.map(({ jid }) => (room.includes('@') ? jid : (jid.split('@')[0] ?? ''))) ?? [];
  const found = nearest(
    room,
    names.filter((name) => name !== room),
  );
  return found.length === 0 ? '' : ` Did you mean ${found.join(' or ')}?`;
}

function groupOf(parent: Command, word: string, groups: Readonly<Record<string, string>>): Command {
  const known = parent.commands.find((command) => command.name() === word);
  return known ?? parent.command(word).description(groups[word] ?? word);
}

function fieldsOf(schema: z.ZodType | undefined): readonly Field[] {
  const { properties = {}, required = [] } = schemaOf(schema ?? EMPTY) as {
    readonly properties?: Readonly<Record<string, Omit<Field, 'name' | 'required'>>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, field]) => ({
    ...field,
    name,
    required: required.includes(name),
  }));
}

function optionOf(field: Field): Option {
  const flag = `--${field.name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const kind = field.type === 'boolean' ? 'yes|no' : field.type === 'integer' ? 'number' : 'text';
  const option = new Option(`${flag} <${kind}>`, describe(field)).makeOptionMandatory(field.required);
  if (field.type === 'boolean') return option.argParser(yesOrNo);
  return field.enum ? option.choices([...field.enum]) : option;
}

function describe(field: Field | undefined): string {
  const choices = field?.enum ? field.enum.join(', ') : '';
  const words = lowered(field?.description ?? choices).replace(/\.$/, '');
  return field?.default === undefined ? words : `${words} (default: ${field.default})`.trim();
}

function yesOrNo(text: string): boolean {
  if (text === 'yes' || text === 'no') return text === 'yes';
  throw new InvalidArgumentError('It is yes or no.');
}

/** What an operation does, as what a command is told to do: `Lists rooms.` is `list rooms`. */
function bidding(summary: string): string {
  return lowered(summary.replace(/^(\w+?)s\b/, '$1'));
}

/** As a command is described: without a capital at the beginning and a full stop at the end. */
function lowered(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`.replace(/\.$/, '');
}
