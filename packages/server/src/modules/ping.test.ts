import { encodePing, parseJid, requestEl } from '@meerkat-chat/xmpp';
import { expect, test } from 'vitest';
import { createTestKernel } from '../testing/index.js';
import { ping } from './ping.js';

test.each(['localhost', 'romeo@localhost', undefined])('a ping to %s is answered', async (address) => {
  const kernel = await createTestKernel({ modules: [ping] });
  const romeo = kernel.bind('romeo@localhost/a');
  const to = address === undefined ? undefined : parseJid(address);
  await romeo.sends(requestEl({ ...(to && { to }), id: 'p', type: 'get' }, encodePing()));
  expect(romeo.receives().attrs).toMatchObject({ type: 'result', id: 'p' });
});
