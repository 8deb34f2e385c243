import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Crossing } from '../cluster/memory-bus.js';
import type { FromNode, ToNode } from './node-process.js';
import { type ClientLink, ProcessClient } from './process-client.js';

interface NodeProcess {
  readonly child: ChildProcess;
  readonly clients: Map<number, ProcessClient>;
  readonly send: (message: ToNode) => void;
  readonly asked: ((stats: Readonly<Record<string, number>>) => void)[];
  alive: boolean;
}

/** Nodes in processes of their own, joined by a bus that passes through this one, where a test counts and holds it. */
export class NodeProcesses {
  /** What has crossed, in the order in which it was sent. */
  readonly crossings: Crossing[] = [];
  readonly #script: string;
  readonly #nodes = new Map<string, NodeProcess>();
  readonly #held = new Map<string, Crossing[]>();
  #waiting: (() => void)[] = [];
  #links = 0;

  /** @param script `node-process.ts`, as Node can run it */
  constructor(script: string) {
    this.#script = script;
  }

  /** Starts a node and joins it to the others. @param users each has its name as its password */
  async start(id: string, owner: string, file: string, users: readonly string[]): Promise<void> {
    const child = fork(this.#script, [id, owner, file, ...users], {
      serialization: 'advanced',
      // Not those of the test runner.
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const node: NodeProcess = {
      child,
      clients: new Map(),
      asked: [],
      alive: true,
      // What is written to a process that has just been killed goes nowhere.
      send: (message) => void child.send(message, () => {}),
    };
    const ready = new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error(`node ${id} has ended`)));
      child.on('message', (message) => {
        if ((message as FromNode).kind === 'ready') resolve();
        else this.#hear(id, node, message as FromNode);
      });
    });
    await ready;
    for (const [other, peer] of this.#nodes) {
      peer.send({ kind: 'joined', node: id });
      node.send({ kind: 'joined', node: other });
    }
    this.#nodes.set(id, node);
  }

  /** A client that signs in on a node. */
  async client(id: string, name: string): Promise<ProcessClient> {
    const client = new ProcessClient(name, (self) => this.#connect(id, self));
    await client.signIn();
    return client;
  }

  /** Keeps back what a node sends to the others, until it is killed. */
  hold(id: string): void {
    this.#held.set(id, []);
  }

  /** Waits until something has been sent. */
  async crosses(condition: (crossing: Crossing) => boolean): Promise<void> {
    while (!this.crossings.some(condition)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Asks a node what it holds. */
  async stats(id: string): Promise<Readonly<Record<string, number>>> {
    const node = this.#of(id);
    const answer = new Promise<Readonly<Record<string, number>>>((resolve) => node.asked.push(resolve));
    node.send({ kind: 'stats' });
    return answer;
  }

  /** Kills a node as nothing can prevent it, and tells the others when it is gone. */
  async kill(id: string): Promise<void> {
    const node = this.#of(id);
    const exit = once(node.child, 'exit');
    node.child.kill('SIGKILL');
    await exit;
    node.alive = false;
    this.#nodes.delete(id);
    this.#held.delete(id);
    for (const client of node.clients.values()) client.lost();
    for (const other of this.#nodes.values()) other.send({ kind: 'gone', node: id });
  }

  /** Ends every node. */
  async stop(): Promise<void> {
    for (const id of [...this.#nodes.keys()]) await this.kill(id);
  }

  #hear(id: string, node: NodeProcess, said: FromNode): void {
    if (!node.alive) return;
    switch (said.kind) {
      case 'closed':
        node.clients.get(said.link)?.lost();
        node.clients.delete(said.link);
        return;
      case 'frame':
        node.clients.get(said.link)?.receive(said.text);
        return;
      case 'message':
        this.#cross({ from: id, to: said.to, message: said.message });
        return;
      case 'stats':
        node.asked.shift()?.(said.stats);
        return;
      case 'ready':
        return;
    }
  }

  #cross(crossing: Crossing): void {
    this.crossings.push(crossing);
    const held = this.#held.get(crossing.from);
    if (held) held.push(crossing);
    else {
      const { from, message, to } = crossing;
      this.#nodes.get(to)?.send({ kind: 'message', from, message });
    }
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #connect(id: string, client: ProcessClient): ClientLink {
    const node = this.#of(id);
    const link = ++this.#links;
    node.clients.set(link, client);
    node.send({ kind: 'connect', link });
    return {
      send: (text) => node.send({ kind: 'frame', link, text }),
      cut: () => node.send({ kind: 'cut', link }),
    };
  }

  #of(id: string): NodeProcess {
    const node = this.#nodes.get(id);
    if (!node) throw new Error(`there is no node ${id}`);
    return node;
  }
}
