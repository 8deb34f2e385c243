import { parseBareJid } from '@meerkat-chat/xmpp';
import { z } from 'zod';
import { accountNamed, roomNamed } from './api-context.js';
import { ApiProblem, checkOutcome, operation } from './operation.js';

const params = z.object({ room: z.string().min(1).describe('Its name, or its whole address.') });
const reason = z.string().max(500).optional().describe('Told to those who are in the room.');
const affiliation = z.enum(['admin', 'member', 'none', 'outcast', 'owner']);

const listed = z.object({ jid: z.string(), name: z.string(), isPublic: z.boolean() });
const shown = listed.extend({
  createdAt: z.number().describe('Milliseconds since 1970.'),
  moderated: z.boolean(),
  membersOnly: z.boolean(),
  persistent: z.boolean(),
  archived: z.boolean(),
  subject: z.string().optional(),
  size: z.int().describe('How many are in it now.'),
  occupants: z.array(
    z.object({ nick: z.string(), account: z.string(), role: z.string(), affiliation: z.string() }),
  ),
  affiliations: z.array(z.object({ account: z.string(), affiliation: z.string() })),
});

/** Rooms: who is in them and who may what, what is said in them, and their archives. */
export const roomOperations = [
  operation({
    id: 'rooms.list',
    method: 'GET',
    path: '/rooms',
    scope: 'rooms:read',
    summary: 'Lists rooms, public and other ones, in order of address.',
    query: z.object({
      after: z.string().min(1).optional().describe('The last address of the page before.'),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
    answer: z.object({ rooms: z.array(listed) }),
    run: async (context, { query: { after, limit } }) => ({
      rooms: await context.rooms.list({
        limit,
        after: after === undefined ? undefined : roomNamed(context, after),
      }),
    }),
  }),
  operation({
    id: 'rooms.show',
    method: 'GET',
    path: '/rooms/{room}',
    scope: 'rooms:read',
    summary: 'Shows a room: how it is set, who is in it (the first 1,000), and who may what.',
    params,
    answer: shown,
    run: async (context, { params }) => {
      const room = await context.rooms.show(roomNamed(context, params.room));
      if (!room) throw new ApiProblem(404, 'There is no such room.');
      return room;
    },
  }),
  operation({
    id: 'rooms.create',
    method: 'POST',
    path: '/rooms',
    scope: 'rooms:write',
    summary: 'Makes a room that stays when nobody is in it.',
    body: z.object({
      room: z.string().min(1),
      name: z.string().min(1).max(100).optional(),
      isPublic: z.boolean().optional(),
      moderated: z.boolean().optional(),
      membersOnly: z.boolean().optional(),
      archived: z.boolean().optional(),
    }),
    answer: z.object({ jid: z.string() }),
    run: async (context, { body: { room, ...settings } }) => {
      const jid = roomNamed(context, room);
      const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
      checkOutcome(await context.rooms.create(jid, given));
      return { jid };
    },
    target: ({ body }) => body.room,
  }),
  operation({
    id: 'rooms.destroy',
    method: 'DELETE',
    path: '/rooms/{room}',
    scope: 'rooms:write',
    summary: 'Removes a room for good, with its archive.',
    params,
    query: z.object({ reason }),
    run: async (context, { params, query }) =>
      checkOutcome(await context.rooms.destroy(roomNamed(context, params.room), query.reason)),
    target: ({ params }) => params.room,
  }),
  operation({
    id: 'rooms.affiliate',
    method: 'PUT',
    path: '/rooms/{room}/affiliations/{user}',
    scope: 'rooms:write',
    summary: 'Gives a person an affiliation; `outcast` bans, `none` takes what they had.',
    params: params.extend({ user: z.string().min(1) }),
    body: z.object({ affiliation, reason }),
    run: async (context, { body, params }) =>
      checkOutcome(
        await context.rooms.affiliate(
          roomNamed(context, params.room),
          accountNamed(context, params.user),
          body.affiliation,
          body.reason,
        ),
      ),
    target: ({ params }) => params.room,
    details: ({ body, params }, context) => ({
      user: context.accounts.users.nameInLog(params.user),
      affiliation: body.affiliation,
    }),
  }),
  operation({
    id: 'rooms.kick',
    method: 'POST',
    path: '/rooms/{room}/kick',
    scope: 'rooms:write',
    summary: 'Removes who has a nick; they may come back.',
    params,
    body: z.object({ nick: z.string().min(1), reason }),
    run: async (context, { body, params }) =>
      checkOutcome(await context.rooms.kick(roomNamed(context, params.room), body.nick, body.reason)),
    target: ({ params }) => params.room,
    // By account where there is one: whoever erases a person knows them by no nick.
    details: async ({ body: { nick }, params }, context) => {
      const room = parseBareJid(
        params.room.includes('@') ? params.room : `${params.room}@${context.rooms.host}`,
      );
      const user = room && (await context.rooms.accountOf(room, nick));
      return user === undefined ? { nick } : { user };
    },
  }),
  operation({
    id: 'rooms.say',
    method: 'POST',
    path: '/rooms/{room}/messages',
    scope: 'messages:write',
    summary: 'Says something in a room, under a name that nobody there has.',
    params,
    body: z.object({ as: z.string().min(1).max(100), text: z.string().min(1).max(16_384) }),
    run: async (context, { body, params }) =>
      checkOutcome(await context.rooms.say(roomNamed(context, params.room), body.as, body.text)),
    target: ({ params }) => params.room,
    details: ({ body }) => ({ as: body.as }),
  }),
  operation({
    id: 'rooms.archive',
    method: 'GET',
    path: '/rooms/{room}/archive',
    scope: 'archive:read',
    summary: 'Exports messages of a room, oldest first, a page at a time.',
    params,
    query: z.object({
      after: z.string().optional().describe('The id of the last message of the page before.'),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    answer: z.object({
      messages: z.array(
        z.object({
          id: z.string(),
          at: z.number().describe('Milliseconds since 1970.'),
          sender: z.string().describe('The address of who said it, in the room.'),
          xml: z.string().describe('The stanza, as everybody got it.'),
        }),
      ),
      complete: z.boolean().describe('True when nothing comes behind it.'),
    }),
    run: async (context, { params, query }) => {
      const room = roomNamed(context, params.room);
      const page = await context.archive.query({
        archive: room,
        max: query.limit,
        ...(query.after === undefined ? {} : { after: query.after }),
      });
      if (!page.found) throw new ApiProblem(404, 'There is no message with the id of `after`.');
      if (page.entries.length === 0 && !(await context.rooms.show(room))) {
        throw new ApiProblem(404, 'There is no such room.');
      }
      const messages = page.entries.map(({ at, id, sender, xml }) => ({ id, at, sender, xml }));
      return { messages, complete: page.complete };
    },
  }),
];
