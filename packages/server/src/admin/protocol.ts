import { assertNever } from '@meerkat-chat/xmpp';
import { z } from 'zod';
import { ERASED } from '../accounts/erase-person.js';
import type { Accounts } from '../accounts/open-accounts.js';
import { readPerson } from '../accounts/read-person.js';
import { UserAdminError } from '../auth/user-admin.js';
import type { NoteAct } from './command-audit.js';

/** The name of the socket in the data folder. */
export const ADMIN_SOCKET = 'admin.sock';

/** The longest line of a request or an answer, in bytes. */
export const MAX_LINE_BYTES = 1_048_576;

const request = z.discriminatedUnion('command', [
  z.object({ command: z.literal('ping') }),
  z.object({ command: z.literal('user-add'), name: z.string(), password: z.string().optional() }),
  z.object({ command: z.literal('user-passwd'), name: z.string(), password: z.string() }),
  z.object({ command: z.literal('user-del'), name: z.string() }),
  z.object({ command: z.literal('user-suspend'), name: z.string(), suspended: z.boolean() }),
  /** `name` alone, or `occupant` of `room`. */
  z.object({
    command: z.literal('user-erase'),
    name: z.string().optional(),
    room: z.string().optional(),
    occupant: z.string().optional(),
  }),
  z.object({ command: z.literal('user-share'), name: z.string(), share: z.boolean() }),
  z.object({ command: z.literal('user-list'), after: z.string().optional() }),
]);

/** What a running server is asked by its own command line: one line of JSON. */
export type AdminRequest = z.output<typeof request>;

const answer = z.union([
  z.object({
    ok: z.literal(true),
    accounts: z.array(z.string()),
    statusId: z.string().optional(),
    erased: z.record(z.string(), z.number()).optional(),
  }),
  z.object({ ok: z.literal(false), message: z.string() }),
]);

/**
 * What it says: the accounts that were touched or listed, the id under which a status is shown on the web, what was erased
 * and how much of it; or why not.
 */
export type AdminAnswer = z.output<typeof answer>;

/** Reads a request; undefined for what is none. */
export function readRequest(line: string): AdminRequest | undefined {
  return parse(request, line);
}

/** Reads an answer; undefined for what is none. */
export function readAnswer(line: string): AdminAnswer | undefined {
  return parse(answer, line);
}

function parse<Schema extends z.ZodType>(schema: Schema, line: string): z.output<Schema> | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

type Done = Pick<Extract<AdminAnswer, { ok: true }>, 'erased' | 'statusId'> & {
  readonly accounts: readonly string[];
};

async function done(accounts: Accounts, asked: AdminRequest): Promise<Done> {
  const { users } = accounts;
  switch (asked.command) {
    case 'ping':
      return { accounts: [] };
    case 'user-add':
      return { accounts: [await users.add(asked.name, asked.password)] };
    case 'user-passwd':
      return { accounts: [await users.setPassword(asked.name, asked.password)] };
    case 'user-del':
      return { accounts: [await users.delete(asked.name)] };
    case 'user-suspend':
      return { accounts: [await users.suspend(asked.name, asked.suspended)] };
    case 'user-erase':
      return { accounts: [], erased: { ...(await accounts.erase(readPerson(users, asked))) } };
    case 'user-share': {
      const { account, id } = await users.shareStatus(asked.name, asked.share);
      return { accounts: [account], ...(id === undefined ? {} : { statusId: id }) };
    }
    case 'user-list':
      return { accounts: await users.list(asked.after) };
  }
}

/**
 * Does what is asked and writes it down, done or not, whether it came through the socket or from the process that has the
 * database open.
 */
export async function perform(subject: Accounts, asked: AdminRequest, note: NoteAct): Promise<AdminAnswer> {
  const act = actOf(subject, asked);
  let did: Done;
  try {
    did = await done(subject, asked);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    if (act) await note(asked.command, act.target, { ...act.details, problem });
    if (error instanceof UserAdminError) return { ok: false, message: error.message };
    throw error;
  }
  if (act) await note(asked.command, act.target, act.details);
  const { accounts, ...more } = did;
  return { ok: true, accounts: [...accounts], ...more };
}

interface Act {
  /** Who is to be erased is named nowhere. */
  readonly target: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What is written down of a request; undefined where it only looks. */
function actOf({ users }: Accounts, asked: AdminRequest): Act | undefined {
  switch (asked.command) {
    case 'ping':
    case 'user-list':
      return undefined;
    case 'user-erase':
      return { target: ERASED, details: {} };
    case 'user-suspend':
      return { target: users.nameInLog(asked.name), details: { suspended: asked.suspended } };
    case 'user-share':
      return { target: users.nameInLog(asked.name), details: { share: asked.share } };
    case 'user-add':
    case 'user-passwd':
    case 'user-del':
      return { target: users.nameInLog(asked.name), details: {} };
    default:
      return assertNever(asked);
  }
}
