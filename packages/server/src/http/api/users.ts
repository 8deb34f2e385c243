import { type BareJid, el, isFull, messageEl, NS, parseJid } from '@meerkat-chat/xmpp';
import { z } from 'zod';
import { ERASED } from '../../accounts/erase-person.js';
import { readPerson } from '../../accounts/read-person.js';
import { UserAdminError } from '../../auth/user-admin.js';
import { type ApiContext, accountNamed } from './api-context.js';
import { jsonLines } from './json-lines.js';
import { ApiProblem, operation } from './operation.js';

const name = z.string().min(1).describe('Its name, or its whole address.');
const password = z.string().describe('As the settings below `auth.internal.password` want it.');
const user = z.object({ user: z.string().describe('Its address.') });
const params = z.object({ name });
const millis = z.number().describe('Milliseconds since 1970.');

const STATUS = { refused: 400, taken: 409, unknown: 404 } as const;

/** What the management of accounts says is what the caller is told. */
export async function done<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof UserAdminError)) throw error;
    throw new ApiProblem(STATUS[error.reason], error.message);
  }
}

/** Whether somebody is here, or has an archive, as visitors of a site have who have talked: else a message would be lost. */
async function isKnown({ archive, sessions }: ApiContext, account: BareJid): Promise<boolean> {
  if (sessions.of(account).length > 0) return true;
  const page = await archive.query({ archive: account, max: 1 });
  return page.found && page.entries.length > 0;
}

/** Accounts with passwords of this server's own, their sessions, and notifications to them. */
export const userOperations = [
  operation({
    id: 'users.list',
    method: 'GET',
    path: '/users',
    scope: 'users:read',
    summary: 'Lists accounts, in order of address, 500 at a time.',
    query: z.object({ after: z.string().optional().describe('The last address of the page before.') }),
    answer: z.object({ users: z.array(z.string()) }),
    run: async ({ accounts: { users } }, { query }) => ({ users: await done(users.list(query.after)) }),
  }),
  operation({
    id: 'users.add',
    method: 'POST',
    path: '/users',
    scope: 'users:write',
    summary: 'Adds an account; without a password its owner signs in through the site alone.',
    body: z.object({ name, password: password.optional() }),
    answer: user,
    run: async ({ accounts: { users } }, { body }) => ({
      user: await done(users.add(body.name, body.password)),
    }),
    target: ({ body }, context) => context.accounts.users.nameInLog(body.name),
  }),
  operation({
    id: 'users.show',
    method: 'GET',
    path: '/users/{name}',
    scope: 'users:read',
    summary: 'Shows an account.',
    params,
    answer: z.object({
      user: z.string(),
      password: z.boolean().describe('False: its owner signs in through the site alone.'),
      createdAt: millis,
      passwordChangedAt: millis.optional(),
      suspendedAt: millis.optional(),
    }),
    run: async ({ accounts: { users } }, { params }) => {
      const { account, changedAt, createdAt, keys, suspendedAt } = await done(users.show(params.name));
      return {
        user: account,
        password: keys !== undefined,
        createdAt,
        passwordChangedAt: changedAt,
        suspendedAt,
      };
    },
  }),
  operation({
    id: 'users.suspend',
    method: 'PUT',
    path: '/users/{name}/suspension',
    scope: 'users:write',
    summary: 'Keeps an account from signing in, by whatever credential, and ends its sessions.',
    params,
    run: async ({ accounts: { users } }, { params }) => void (await done(users.suspend(params.name, true))),
    target: ({ params }, context) => context.accounts.users.nameInLog(params.name),
  }),
  operation({
    id: 'users.enable',
    method: 'DELETE',
    path: '/users/{name}/suspension',
    scope: 'users:write',
    summary: 'Lets a suspended account in again.',
    params,
    run: async ({ accounts: { users } }, { params }) => void (await done(users.suspend(params.name, false))),
    target: ({ params }, context) => context.accounts.users.nameInLog(params.name),
  }),
  operation({
    id: 'users.export',
    method: 'GET',
    path: '/users/{name}/export',
    scope: 'users:export',
    summary: 'Everything that is kept of a person or a guest, as JSON, one thing a line.',
    params,
    lines: z.looseObject({ kind: z.string() }),
    run: async ({ accounts }, { params }) => {
      const { users } = accounts;
      const person = await done((async () => readPerson(users, params))());
      return jsonLines(accounts.export(person));
    },
    target: ({ params }, context) => context.accounts.users.nameInLog(params.name),
  }),
  operation({
    id: 'users.password',
    method: 'PUT',
    path: '/users/{name}/password',
    scope: 'users:write',
    summary: 'Gives an account another password, which ends its sessions.',
    params,
    body: z.object({ password }),
    run: async ({ accounts: { users } }, { body, params }) =>
      void (await done(users.setPassword(params.name, body.password))),
    target: ({ params }, context) => context.accounts.users.nameInLog(params.name),
  }),
  operation({
    id: 'users.delete',
    method: 'DELETE',
    path: '/users/{name}',
    scope: 'users:write',
    summary:
      'Removes an account, or a visitor whom the site knows, with their sessions, tokens, archive, places in rooms and shared status; with `erase` also what they said.',
    params,
    query: z.object({
      erase: z
        .enum(['true', 'false'])
        .default('false')
        .describe('Whether everything goes that is kept of the person; answers how much of what that was.'),
    }),
    answer: z.object({ erased: z.record(z.string(), z.int()) }).optional(),
    run: async ({ accounts }, { params, query }) => {
      if (query.erase === 'false') return void (await done(accounts.users.delete(params.name)));
      const work = async () => accounts.erase(readPerson(accounts.users, params));
      return { erased: await done(work()) };
    },
    target: ({ params, query }, context) =>
      query.erase === 'true' ? ERASED : context.accounts.users.nameInLog(params.name),
  }),
  operation({
    id: 'sessions.list',
    method: 'GET',
    path: '/users/{name}/sessions',
    scope: 'sessions:read',
    summary: 'Lists the sessions of an account, however it signed in.',
    params,
    answer: z.object({
      sessions: z.array(
        z.object({
          jid: z.string(),
          guest: z.boolean(),
          transport: z.string(),
          address: z.string(),
          origin: z.string().optional(),
          connected: z.boolean().describe('False while it waits to be gone on with.'),
        }),
      ),
    }),
    run: async (context, { params }) => ({
      sessions: context.sessions.of(accountNamed(context, params.name)).map((session) => ({
        jid: session.jid,
        guest: session.identity.kind === 'guest',
        transport: session.peer.transport,
        address: session.peer.address,
        origin: session.peer.origin,
        connected: !session.hibernated,
      })),
    }),
  }),
  operation({
    id: 'sessions.end',
    method: 'DELETE',
    path: '/users/{name}/sessions',
    scope: 'sessions:write',
    summary: 'Ends the sessions of an account, so that it has to sign in again; or some of them.',
    params,
    query: z.object({
      jid: z.string().optional().describe('The one session to end.'),
      signIn: z
        .string()
        .optional()
        .describe(
          'Those alone that came of this sign-in to the site, as it calls it (`sid`); there may be none.',
        ),
    }),
    answer: z.object({ ended: z.int() }),
    run: async (context, { params, query }) => {
      const account = accountNamed(context, params.name);
      const only = query.jid === undefined ? undefined : parseJid(query.jid);
      if (query.jid !== undefined && (only === undefined || !isFull(only))) {
        throw new ApiProblem(400, 'jid is not the address of a session');
      }
      const { signIn } = query;
      if (only === undefined) await context.accounts.forgetSignIns(account, signIn);
      const sessions = context.sessions
        .of(account)
        .filter(({ jid }) => only === undefined || jid === only)
        .filter(({ identity }) => signIn === undefined || identity.grant?.signIn === signIn);
      if (only !== undefined && sessions.length === 0) throw new ApiProblem(404, 'There is no such session.');
      for (const session of [...sessions]) session.end('kicked', 'not-authorized');
      return { ended: sessions.length };
    },
    target: ({ params }, context) => context.accounts.users.nameInLog(params.name),
  }),
  operation({
    id: 'users.status',
    method: 'PUT',
    path: '/users/{name}/status',
    scope: 'users:write',
    summary: 'Shows on the web whether somebody is here, or no longer; for a site that has asked them.',
    params,
    body: z.object({ share: z.boolean() }),
    answer: z.object({ id: z.string().optional().describe('What it is shown under; none when it is not.') }),
    run: async (context, { body, params }) => {
      const account = accountNamed(context, params.name);
      const id = await done(context.accounts.shareStatus(account, body.share));
      return id === undefined ? {} : { id };
    },
    target: ({ params }, context) => context.accounts.users.nameInLog(params.name),
    details: ({ body }) => ({ share: body.share }),
  }),
  operation({
    id: 'users.notify',
    method: 'POST',
    path: '/users/{name}/messages',
    scope: 'messages:write',
    summary:
      'Sends a person a message from the server: an account, or a visitor of the site who is here or has talked.',
    params,
    body: z.object({ text: z.string().min(1).max(16_384) }),
    run: async (context, { body, params }) => {
      const to = accountNamed(context, params.name);
      if (!(await isKnown(context, to))) await done(context.accounts.users.show(to));
      context.send(
        messageEl(
          { from: context.domain, to, type: 'chat', id: context.newId() },
          el('body', NS.client, {}, body.text),
        ),
      );
    },
    target: ({ params }, context) => context.accounts.users.nameInLog(params.name),
  }),
];
