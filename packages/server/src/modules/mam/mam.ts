import {
  accountOf,
  type BareJid,
  decodeMamQuery,
  el,
  encodeDataForm,
  encodeMamFin,
  encodeMamMetadata,
  encodeMamResult,
  type Iq,
  isBare,
  isFull,
  MAM_FIELDS,
  type MamMetadata,
  type MamQuery,
  messageEl,
  NS,
  type StanzaError,
  serialize,
  stanzaError,
} from '@meerkat-chat/xmpp';
import { z } from 'zod';
import { type ArchiveEntry, defineModule, type IqAnswer, type ModuleContext } from '../../kernel/module.js';
import type { Session } from '../../kernel/session.js';
import { SharedStanza } from '../../kernel/shared-stanza.js';
import { cutToFit, readPage } from './archive-page.js';

const settings = z.object({
  /** Messages on one page at most, and when a query does not say how many. */
  pageMessages: z.int().min(1).default(100),
  /** Characters of them on one page: a reader's link has to take them at once. One message is given in any case. */
  pageChars: z.int().min(1).default(262_144),
});

type Context = ModuleContext<z.output<typeof settings>>;

/** A mark that cannot stand in XML: where the message that is text already goes. */
const HOLE = '\u0000';

/** The archived message is text of ours, so it is put in as it is and never parsed. */
function resultOfEntry(archive: BareJid, queryId: string | undefined, entry: ArchiveEntry): SharedStanza {
  const { id, at, xml } = entry;
  const wrapped = serialize(messageEl({ from: archive }, encodeMamResult({ queryId, id, at }, HOLE)));
  return SharedStanza.ofText(wrapped.replace(HOLE, () => xml));
}

/** Which archive a request is about, if its sender may read it. */
async function archiveOf(
  context: Context,
  iq: Iq,
  session: Session | undefined,
): Promise<{ readonly archive: BareJid } | { readonly error: StanzaError }> {
  // Without an address it is the sender's own archive (section 3.1).
  const archive = iq.to ?? accountOf(iq.from);
  const refused = { error: stanzaError('service-unavailable', 'There is no archive here.') };
  if (archive === undefined || !isBare(archive)) return refused;
  const access = await context.first('archive:access', { archive, by: iq.from, session });
  if (!access) return refused;
  return access.allow ? { archive } : { error: access.error };
}

async function answerQuery(context: Context, iq: Iq, archive: BareJid, query: MamQuery): Promise<IqAnswer> {
  const { pageChars, pageMessages } = context.settings;
  const max = Math.min(query.page.max ?? pageMessages, pageMessages);
  if ((query.ids?.length ?? 0) > max) {
    return { error: stanzaError('policy-violation', 'These are too many ids for one query.') };
  }
  const read = await readPage(context.storage.archive, archive, query, max);
  // Ids are asked for one by one, and have no next page.
  const page = query.ids ? read : cutToFit(read, query.page.before !== undefined, pageChars);
  if (!page.found) return { error: stanzaError('item-not-found', 'The archive has no such id.') };
  const entries = query.flip === true ? [...page.entries].reverse() : page.entries;
  if (isFull(iq.from)) {
    const to = [iq.from];
    for (const entry of entries) {
      context.outlet.fanOut(resultOfEntry(archive, query.queryId, entry), to);
    }
  }
  // First and last are those of the page in the archive's order, whichever way it was sent (section 4.3.3).
  const [first, last] = [page.entries[0]?.id, page.entries.at(-1)?.id];
  return { result: encodeMamFin({ complete: page.complete, stable: true, page: { first, last } }) };
}

async function metadataOf(context: Context, archive: BareJid): Promise<MamMetadata> {
  const oldest = await context.storage.archive.query({ archive, max: 1 });
  const newest = await context.storage.archive.query({ archive, before: '', max: 1 });
  return {
    start: oldest.found ? oldest.entries[0] : undefined,
    end: newest.found ? newest.entries[0] : undefined,
  };
}

function setup(context: Context): void {
  context.iq({
    type: 'set',
    ns: NS.mam,
    name: 'query',
    at: 'any',
    async handle({ iq, session }) {
      const query = decodeMamQuery(iq.payload);
      if (!query.ok) return { error: query.error };
      const asked = await archiveOf(context, iq, session);
      return 'error' in asked ? asked : answerQuery(context, iq, asked.archive, query.value);
    },
  });

  context.iq({
    type: 'get',
    ns: NS.mam,
    name: 'query',
    at: 'any',
    async handle({ iq, session }) {
      const asked = await archiveOf(context, iq, session);
      if ('error' in asked) return asked;
      const form = encodeDataForm({ type: 'form', formType: NS.mam, fields: MAM_FIELDS });
      return { result: el('query', NS.mam, {}, form) };
    },
  });

  context.iq({
    type: 'get',
    ns: NS.mam,
    name: 'metadata',
    at: 'any',
    async handle({ iq, session }) {
      const asked = await archiveOf(context, iq, session);
      if ('error' in asked) return asked;
      return { result: encodeMamMetadata(await metadataOf(context, asked.archive)) };
    },
  });
}

/** Reads archives (XEP-0313). Whose archives there are, and who may read them, other modules say. */
export const mam = defineModule({
  id: 'mam',
  xeps: ['XEP-0313@1.1.3', 'XEP-0059@1.0.0'],
  settings,
  setup,
});
