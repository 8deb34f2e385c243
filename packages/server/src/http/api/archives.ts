import { type BareJid, isFull, type Millis, parseJid, resourceOf } from '@meerkat-chat/xmpp';
import { z } from 'zod';
import { textOfArchived } from '../../kernel/archived-text.js';
import type { ArchiveStore } from '../../storage/storage.js';
import { accountNamed, roomNamed } from './api-context.js';
import { jsonLines } from './json-lines.js';
import { ApiProblem, operation } from './operation.js';

/** Messages that are read at a time: no more are in memory, however long the archive is. */
const PAGE = 200;

const time = z.iso
  .datetime({ offset: true })
  .or(z.iso.date())
  .transform((text) => Date.parse(text));
const range = z.object({
  from: time.optional().describe('Messages from then on: a date, or a time such as 2026-01-15T18:00:00Z.'),
  to: time.optional().describe('Messages before then; by default before now.'),
});

const exported = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  sender: z.string().describe('The nick in a room, the address of a person.'),
  text: z.string().optional(),
  xml: z.string().describe('The stanza, as everybody got it.'),
});

/** One message of an export. */
export type ExportedMessage = Readonly<z.output<typeof exported>>;

/**
 * The messages of an archive, oldest first, one page after the other.
 * @param range from that time on, up to before that one
 * @throws Error when messages that were not read yet may have gone
 */
export async function* messagesOf(
  store: Pick<ArchiveStore, 'query'>,
  archive: BareJid,
  { from, to }: { readonly from?: Millis | undefined; readonly to: Millis },
): AsyncGenerator<ExportedMessage> {
  for (let after: string | undefined; ; ) {
    const page = await store.query({
      archive,
      max: PAGE,
      // The archive's ends are inclusive.
      end: to - 1,
      ...(from === undefined ? {} : { start: from }),
      ...(after === undefined ? {} : { after }),
    });
    // Purged meanwhile, with everything before: whoever reads must not take this for the end.
    if (!page.found) throw new Error('the archive has been cut while it was read');
    for (const { at, id, sender, xml } of page.entries) {
      const said = parseJid(sender);
      const name = said !== undefined && isFull(said) ? resourceOf(said) : sender;
      yield { id, at: new Date(at).toISOString(), sender: name, text: textOfArchived(xml), xml };
    }
    after = page.entries.at(-1)?.id;
    if (page.complete || after === undefined) return;
  }
}

/** Archives as a whole, streamed. */
export const archiveOperations = [
  operation({
    id: 'rooms.export',
    method: 'GET',
    path: '/rooms/{room}/archive/export',
    scope: 'archive:read',
    summary: 'All messages of a room or of a time, oldest first, as JSON, one a line.',
    params: z.object({ room: z.string().min(1).describe('Its name, or its whole address.') }),
    query: range,
    lines: exported,
    run: async (context, { params, query }) => {
      const room = roomNamed(context, params.room);
      if (!(await context.rooms.show(room))) throw new ApiProblem(404, 'There is no such room.');
      return jsonLines(messagesOf(context.archive, room, { ...query, to: query.to ?? context.now() }));
    },
    target: ({ params }) => params.room,
  }),
  operation({
    id: 'conversations.export',
    method: 'GET',
    path: '/users/{name}/archive/export',
    scope: 'users:export',
    summary: "A person's conversations or those of a time, oldest first, as JSON, one message a line.",
    params: z.object({ name: z.string().min(1).describe('Their name, or their whole address.') }),
    query: range,
    lines: exported,
    run: async (context, { params, query }) => {
      const account = accountNamed(context, params.name);
      return jsonLines(messagesOf(context.archive, account, { ...query, to: query.to ?? context.now() }));
    },
    target: ({ params }, context) => context.accounts.users.nameInLog(params.name),
  }),
];
