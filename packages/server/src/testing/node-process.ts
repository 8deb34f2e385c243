// What a test runs as a node in a process of its own: the real server over links and a bus that its parent holds, and
// rooms in a file that outlives it. Arguments: its name, that of the node with the rooms, the file, and user names.

import { FakeClock, linkPair, type PairedLink } from '@meerkat-chat/xmpp/testing';
import type { BusListener } from '../cluster/bus.js';
import type { NodeMessage } from '../cluster/node-message.js';
import { openSqliteStorage } from '../storage/sqlite.js';
import { createTestServer } from './test-server.js';

/** What the parent says. Links are numbered by it. */
export type ToNode =
  | { readonly kind: 'connect'; readonly link: number }
  | { readonly kind: 'cut'; readonly link: number }
  | { readonly kind: 'frame'; readonly link: number; readonly text: string }
  | { readonly kind: 'gone'; readonly node: string }
  | { readonly kind: 'joined'; readonly node: string }
  | { readonly kind: 'message'; readonly from: string; readonly message: NodeMessage }
  | { readonly kind: 'stats' };

/** What the node says. */
export type FromNode =
  | { readonly kind: 'closed'; readonly link: number }
  | { readonly kind: 'frame'; readonly link: number; readonly text: string }
  | { readonly kind: 'message'; readonly to: string; readonly message: NodeMessage }
  | { readonly kind: 'ready' }
  | { readonly kind: 'stats'; readonly stats: Readonly<Record<string, number>> };

const [, , self = '', owner = '', file = '', ...users] = process.argv;
const say = (message: FromNode): void => void process.send?.(message);
const listeners = new Set<BusListener>();
const links = new Map<number, PairedLink>();
const clock = new FakeClock();

const server = await createTestServer({
  clock,
  storage: await openSqliteStorage({ file, clock, commitInterval: 0 }),
  // Time stands still, and with it every allowance.
  moduleSettings: { 'rate-limit': { enabled: false } },
  cluster: {
    ownerOf: () => owner,
    bus: {
      self,
      send: (to, message) => say({ kind: 'message', to, message }),
      listen: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  },
});
for (const user of users) await server.addUser(user, user);

function connect(link: number): void {
  const [client, end] = linkPair({ auto: true });
  links.set(link, client);
  client.onText((text) => say({ kind: 'frame', link, text }));
  client.onClose(() => {
    links.delete(link);
    say({ kind: 'closed', link });
  });
  server.accept(end);
}

process.on('message', (received) => {
  const said = received as ToNode;
  switch (said.kind) {
    case 'connect':
      connect(said.link);
      return;
    case 'cut':
      links.get(said.link)?.cut();
      return;
    case 'frame':
      links.get(said.link)?.send(said.text);
      return;
    case 'gone':
      for (const listener of listeners) listener.gone(said.node);
      return;
    case 'joined':
      for (const listener of listeners) listener.joined(said.node);
      return;
    case 'message':
      for (const listener of listeners) listener.received(said.from, said.message);
      return;
    case 'stats':
      say({ kind: 'stats', stats: server.stats() });
      return;
  }
});
process.on('disconnect', () => process.exit());
say({ kind: 'ready' });
