import { type Crossing, MemoryNetwork } from '../cluster/memory-bus.js';
import { memoryStorage } from '../storage/memory.js';
import type { Storage } from '../storage/storage.js';
import type { FakeSession } from './fake-session.js';
import { createRoomScene, heard, type RoomScene } from './room-scene.js';
import type { TestKernel } from './test-kernel.js';

/** Lets everything that needs nothing from outside run to its end, messages between nodes included. */
export const quiet = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Two nodes of one process that serve `localhost` together. The rooms live on `a`, users are on both. */
export interface ClusterScene {
  readonly network: MemoryNetwork;
  /** What is done in `lobby`, by sessions of whichever node. */
  readonly rooms: RoomScene;
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
    createRoomScene(settings, storage, {}, { bus: network.bus(id), ownerOf: () => 'a' });
  const rooms = await node('a');
  return {
    network,
    rooms,
    a: rooms.kernel,
    b: (await node('b')).kernel,
    crossed() {
      const names = crossings.map(({ from, to, message }) => `${message.type} ${from}>${to}`);
      crossings = [];
      return names;
    },
    async enter(kernel, name) {
      const session = kernel.bind(`${name}@localhost/page`);
      await rooms.join(session, name);
      await quiet();
      return session;
    },
    says: (session, body) => rooms.says(session, body),
    async heard(...sessions) {
      await quiet();
      return sessions.map(heard);
    },
  };
}
