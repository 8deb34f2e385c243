import { el, encodeMucJoin, messageEl, NS, presenceEl } from '@meerkat-chat/xmpp';
import { type Crossing, MemoryNetwork } from '../cluster/memory-bus.js';
import { disco } from '../modules/disco.js';
import { mam } from '../modules/mam/mam.js';
import { muc } from '../modules/muc/muc.js';
import { memoryStorage } from '../storage/memory.js';
import type { Storage } from '../storage/storage.js';
import type { FakeSession } from './fake-session.js';
import { at, heard, jidOf } from './room-scene.js';
import { createTestKernel, type TestKernel } from './test-kernel.js';

/** Lets everything that needs nothing from outside run to its end, messages between nodes included. */
export const quiet = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Two nodes of one process that serve `localhost` together. The rooms live on `a`, users are on both. */
export interface ClusterScene {
  readonly network: MemoryNetwork;
  readonly a: TestKernel;
  readonly b: TestKernel;
  /** What has crossed since the last time: `TYPE FROM>TO`, one for each message. */
  crossed(): string[];
  /** Binds `name@localhost/page` on a node and joins `lobby`; what it is told meanwhile is left unread. */
  enter(node: TestKernel, name: string): Promise<FakeSession>;
  says(session: FakeSession, body: string): Promise<void>;
  /** What each has heard that it has not read yet, in few words. */
  heard(...sessions: readonly FakeSession[]): Promise<string[][]>;
}

/** Starts the nodes. @param settings those of `modules.muc` */
export async function createClusterScene(
  settings: Readonly<Record<string, unknown>> = {},
  storage: Storage = memoryStorage(),
): Promise<ClusterScene> {
  let crossings: Crossing[] = [];
  const network = new MemoryNetwork((crossing) => crossings.push(crossing));
  const node = (id: string) =>
    createTestKernel({
      modules: [disco, muc, mam],
      settings: { muc: { create: 'anyone', ...settings } },
      storage,
      cluster: { bus: network.bus(id), ownerOf: () => 'a' },
    });
  return {
    network,
    a: await node('a'),
    b: await node('b'),
    crossed() {
      const names = crossings.map(({ from, to, message }) => `${message.type} ${from}>${to}`);
      crossings = [];
      return names;
    },
    async enter(kernel, name) {
      const session = kernel.bind(`${name}@localhost/page`);
      await session.sends(presenceEl({ to: at(name) }, encodeMucJoin({ history: undefined })));
      await quiet();
      return session;
    },
    async says(session, body) {
      const to = jidOf('lobby@rooms.localhost');
      await session.sends(messageEl({ to, type: 'groupchat', id: body }, el('body', NS.client, {}, body)));
    },
    async heard(...sessions) {
      await quiet();
      return sessions.map(heard);
    },
  };
}
