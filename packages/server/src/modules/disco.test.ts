import {
  decodeDiscoInfo,
  decodeDiscoItems,
  decodeStanzaError,
  el,
  elements,
  encodeRsmRequest,
  NS,
  parseJid,
  requestEl,
} from '@meerkat-chat/xmpp';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineModule } from '../kernel/module.js';
import { createTestKernel } from '../testing/index.js';
import { disco } from './disco.js';

const many = defineModule({
  id: 'many',
  xeps: [],
  features: ['urn:many', NS.discoInfo],
  settings: z.object({}),
  setup(context) {
    context.on('disco:items', ({ to }) => {
      if (to !== context.domain) return undefined;
      return ['c', 'a', 'b'].flatMap((name) => {
        const jid = parseJid(`${name}.localhost`);
        return jid === undefined ? [] : [{ jid }];
      });
    });
  },
});

async function start(settings = {}) {
  const kernel = await createTestKernel({ modules: [disco, many], settings: { disco: settings } });
  const romeo = kernel.bind('romeo@localhost/a');
  const ask = async (ns: string, address: string | undefined, page = {}, node?: string) => {
    const to = address === undefined ? undefined : parseJid(address);
    const payload = el('query', ns, { node }, ns === NS.discoItems && encodeRsmRequest(page));
    await romeo.sends(requestEl({ ...(to && { to }), id: 'd', type: 'get' }, payload));
    const answer = await romeo.next();
    if (answer.attrs.type === 'error') return { error: decodeStanzaError(answer).condition };
    const [query] = elements(answer);
    return { query };
  };
  const names = async (page: object) => {
    const { query, error } = await ask(NS.discoItems, 'localhost', page);
    return (
      error ??
      (query &&
        decodeDiscoItems(query)
          .items.map(({ jid }) => jid[0])
          .join(''))
    );
  };
  return { kernel, romeo, ask, names };
}

describe('disco', () => {
  test('the domain tells what it is and what its modules do, each once', async () => {
    const { ask } = await start({ name: 'Burrow' });
    const { query } = await ask(NS.discoInfo, 'localhost');
    const info = query && decodeDiscoInfo(query);
    expect(info?.identities).toEqual([{ category: 'server', type: 'im', name: 'Burrow' }]);
    expect(info?.features).toEqual([NS.discoInfo, NS.discoItems, 'urn:many'].sort());
  });

  test('an account is told of to its owner alone', async () => {
    const { ask, kernel } = await start();
    kernel.bind('juliet@localhost/a');
    const { query } = await ask(NS.discoInfo, undefined);
    expect(query && decodeDiscoInfo(query).identities).toMatchObject([{ category: 'account' }]);
    for (const stranger of ['juliet@localhost', 'nobody@localhost']) {
      expect(await ask(NS.discoInfo, stranger)).toEqual({ error: 'item-not-found' });
      expect(await ask(NS.discoItems, stranger)).toEqual({ error: 'item-not-found' });
    }
    const own = await ask(NS.discoItems, 'romeo@localhost');
    expect(own.query && decodeDiscoItems(own.query).items).toEqual([]);
  });

  test('a node that nobody knows is item-not-found', async () => {
    const { ask } = await start();
    expect(await ask(NS.discoInfo, 'localhost', {}, 'x')).toEqual({ error: 'item-not-found' });
  });

  test('items come in order, page by page, and never more than the bound', async () => {
    const { names } = await start({ pageItems: 2 });
    expect(await names({})).toBe('ab');
    expect(await names({ max: 3 })).toBe('ab');
    expect(await names({ max: 1 })).toBe('a');
    expect(await names({ after: 'b.localhost' })).toBe('c');
    expect(await names({ before: '' })).toBe('bc');
    expect(await names({ before: 'b.localhost' })).toBe('a');
    expect(await names({ after: 'x.localhost' })).toBe('item-not-found');
    expect(await names({ max: 0 })).toBe('');
  });
});
