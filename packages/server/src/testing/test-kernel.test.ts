import { el, type Jid, messageEl, NS, requestEl } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineModule } from '../kernel/module.js';
import { createTestKernel } from './index.js';

const echo = defineModule({
  id: 'echo',
  xeps: [],
  settings: z.object({ suffix: z.string().default('!') }),
  setup(context) {
    context.iq({
      type: 'get',
      ns: 'urn:test',
      name: 'echo',
      at: 'domain',
      handle: () => ({ result: el('echo', 'urn:test', { suffix: context.settings.suffix }) }),
    });
  },
});

test('a fake session asks a module and reads its answer', async () => {
  const kernel = await createTestKernel({ modules: [echo], settings: { echo: { suffix: '?' } } });
  const romeo = kernel.bind('romeo@localhost/orchard');
  romeo.sends(requestEl({ id: '1', type: 'get', to: kernel.domain }, el('echo', 'urn:test')));
  const answer = romeo.receives();
  expect(answer.attrs).toMatchObject({ type: 'result', id: '1', from: 'localhost', to: romeo.jid });
  expect(answer.children).toEqual([el('echo', 'urn:test', { suffix: '?' })]);
  expect(() => romeo.receives()).toThrow('romeo@localhost/orchard has received nothing');
});

test('sessions of different people reach each other by their full addresses', async () => {
  const kernel = await createTestKernel({ modules: [] });
  const romeo = kernel.bind('romeo@localhost/orchard');
  const juliet = kernel.bind('juliet@localhost/balcony', 'guest');
  const coming = juliet.next();
  romeo.sends(messageEl({ to: juliet.jid as Jid, type: 'chat' }, el('body', NS.client, {}, 'hark')));
  expect((await coming).attrs.from).toBe(romeo.jid);
});
