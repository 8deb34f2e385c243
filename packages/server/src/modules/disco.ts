import {
  accountOf,
  decodeRsmRequest,
  domainOf,
  encodeDiscoInfo,
  encodeDiscoItems,
  isBare,
  NS,
  type RsmRequest,
  type RsmResult,
  stanzaError,
} from '@meerkat-chat/xmpp';
import { z } from 'zod';
import type { DiscoInfo, DiscoItem } from '../kernel/hooks.js';
import { defineModule, type ModuleContext } from '../kernel/module.js';

const settings = z.object({
  /** What the server is called in its identity. */
  name: z.string().default('Meerkat'),
  /** Items on one page of an answer to disco#items; a longer list is read page by page (XEP-0059). */
  pageItems: z.int().min(1).default(200),
});

const NOT_FOUND = stanzaError('item-not-found');

/** Puts the parts of an answer together: each feature once, in order of the alphabet. */
function together(parts: readonly DiscoInfo[]) {
  return {
    identities: parts.flatMap((part) => part.identities ?? []),
    features: [...new Set(parts.flatMap((part) => part.features ?? []))].sort(),
    forms: parts.flatMap((part) => part.forms ?? []),
  };
}

/** One page of items, in order of their addresses; undefined when the page is asked for by an item that is not there. */
function pageOf(
  items: readonly DiscoItem[],
  request: RsmRequest,
  max: number,
): { readonly items: readonly DiscoItem[]; readonly page: RsmResult } | undefined {
  const key = ({ jid, node }: DiscoItem) => (node === undefined ? jid : `${jid}#${node}`);
  const sorted = [...items].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  const count = Math.min(request.max ?? max, max);
  const at = (anchor: string) => sorted.findIndex((item) => key(item) === anchor);
  let start = 0;
  if (request.after !== undefined) {
    const found = at(request.after);
    if (found < 0) return undefined;
    start = found + 1;
  } else if (request.before !== undefined) {
    const found = request.before === '' ? sorted.length : at(request.before);
    if (found < 0) return undefined;
    start = Math.max(0, found - count);
    return cut(start, found);
  }
  return cut(start, start + count);

  function cut(from: number, to: number) {
    const part = sorted.slice(from, to);
    const [first, last] = [part[0], part.at(-1)];
    return {
      items: part,
      page: {
        ...(first && last ? { first: key(first), last: key(last), index: from } : {}),
        count: sorted.length,
      },
    };
  }
}

function setup(context: ModuleContext<z.output<typeof settings>>): void {
  const { domain, storage, sessions } = context;

  context.on('disco:info', async ({ to, node, by }) => {
    if (node !== undefined) return undefined;
    if (to === domain) {
      return {
        identities: [{ category: 'server', type: 'im', name: context.settings.name }],
        features: context.features(),
      };
    }
    // Whether there is such an account is told to nobody but its owner (RFC 6120 section 13.11 on directory harvesting).
    if (!isBare(to) || domainOf(to) !== domain || accountOf(by) !== to) return undefined;
    const known = sessions.of(to).length > 0 || (await storage.users.get(to)) !== undefined;
    return known
      ? { identities: [{ category: 'account', type: 'registered' }], features: [NS.discoInfo, NS.discoItems] }
      : undefined;
  });

  context.iq({
    type: 'get',
    ns: NS.discoInfo,
    name: 'query',
    at: 'any',
    async handle({ iq }) {
      const { node } = iq.payload.attrs;
      const to = iq.to ?? accountOf(iq.from) ?? domain;
      const parts = await context.collect('disco:info', { to, node, by: iq.from });
      return parts.length > 0
        ? { result: encodeDiscoInfo({ node, ...together(parts) }) }
        : { error: NOT_FOUND };
    },
  });

  context.iq({
    type: 'get',
    ns: NS.discoItems,
    name: 'query',
    at: 'any',
    async handle({ iq }) {
      const { node } = iq.payload.attrs;
      const to = iq.to ?? accountOf(iq.from) ?? domain;
      const request = decodeRsmRequest(iq.payload);
      if (!request.ok) return { error: request.error };
      const parts = await context.collect('disco:items', { to, node, by: iq.from });
      if (parts.length === 0) {
        // An address that is there but has nothing below it has an empty list (XEP-0030 section 4.1).
        const known = await context.collect('disco:info', { to, node, by: iq.from });
        return known.length > 0 ? { result: encodeDiscoItems({ node, items: [] }) } : { error: NOT_FOUND };
      }
      const page = pageOf(parts.flat(), request.value, context.settings.pageItems);
      return page ? { result: encodeDiscoItems({ node, ...page }) } : { error: NOT_FOUND };
    },
  });
}

/** Answers service discovery for every address of ours (XEP-0030); what there is to tell, other modules know. */
export const disco = defineModule({
  id: 'disco',
  xeps: ['XEP-0030@2.5.0', 'XEP-0059@1.0.0'],
  features: [NS.discoInfo, NS.discoItems],
  settings,
  setup,
});
