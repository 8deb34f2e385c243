import { el, isFull, messageEl, NS, parseJid } from '@meerkat-chat/xmpp';
import { z } from 'zod';
import { UserAdminError } from '../../auth/user-admin.js';
import { accountNamed } from './api-context.js';
import { ApiProblem, operation } from './operation.js';

const name = z.string().min(1).describe('Its name, or its whole address.');
const password = z.string().min(1).describe('1 to 1023 bytes of text without control characters.');
const user = z.object({ user: z.string().describe('Its address.') });
const params = z.object({ name });

/** What the management of accounts says is what the caller is told. */
async function done<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof UserAdminError)) throw error;
    const { message } = error;
    if (message.includes('exists already')) throw new ApiProblem(409, message);
    throw new ApiProblem(message.startsWith('there is no account') ? 404 : 400, message);
  }
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
    run: async ({ users }, { query }) => ({ users: await done(users.list(query.after)) }),
  }),
  operation({
    id: 'users.add',
    method: 'POST',
    path: '/users',
    scope: 'users:write',
    summary: 'Adds an account.',
    body: z.object({ name, password }),
    answer: user,
    run: async ({ users }, { body }) => ({ user: await done(users.add(body.name, body.password)) }),
    target: ({ body }) => body.name,
  }),
  operation({
    id: 'users.password',
    method: 'PUT',
    path: '/users/{name}/password',
    scope: 'users:write',
    summary: 'Gives an account another password, which ends its sessions.',
    params,
    body: z.object({ password }),
    run: async ({ users }, { body, params }) =>
      void (await done(users.setPassword(params.name, body.password))),
    target: ({ params }) => params.name,
  }),
  operation({
    id: 'users.delete',
    method: 'DELETE',
    path: '/users/{name}',
    scope: 'users:write',
    summary: 'Removes an account with its sessions, its tokens and its shared status.',
    params,
    run: async ({ users }, { params }) => void (await done(users.delete(params.name))),
    target: ({ params }) => params.name,
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
    summary: 'Ends the sessions of an account, or one of them.',
    params,
    query: z.object({ jid: z.string().optional().describe('The one session to end.') }),
    answer: z.object({ ended: z.int() }),
    run: async (context, { params, query }) => {
      const account = accountNamed(context, params.name);
      const only = query.jid === undefined ? undefined : parseJid(query.jid);
      if (query.jid !== undefined && (only === undefined || !isFull(only))) {
        throw new ApiProblem(400, 'jid is not the address of a session');
      }
      const sessions = context.sessions.of(account).filter(({ jid }) => only === undefined || jid === only);
      if (only !== undefined && sessions.length === 0) throw new ApiProblem(404, 'There is no such session.');
      for (const session of [...sessions]) session.end('kicked', 'not-authorized');
      return { ended: sessions.length };
    },
    target: ({ params }) => params.name,
  }),
  operation({
    id: 'users.notify',
    method: 'POST',
    path: '/users/{name}/messages',
    scope: 'messages:write',
    summary: 'Sends a person a message from the server.',
    params,
    body: z.object({ text: z.string().min(1).max(16_384) }),
    run: async (context, { body, params }) => {
      const to = accountNamed(context, params.name);
      context.send(
        messageEl(
          { from: context.domain, to, type: 'chat', id: context.newId() },
          el('body', NS.client, {}, body.text),
        ),
      );
    },
    target: ({ params }) => params.name,
  }),
];
