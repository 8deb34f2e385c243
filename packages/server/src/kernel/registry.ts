import type { DomainJid } from '@meerkat-chat/xmpp';
import { HookRunner } from './hook-runner.js';
import { IqTable } from './iq-table.js';
import type { Logger } from './logger.js';
import type { HostHandler } from './module.js';

/** A host below ours, and which module takes its stanzas. */
export interface RegisteredHost {
  readonly moduleId: string;
  readonly handler: HostHandler;
}

/** Where what modules register meets the router that asks for it. */
export class Registry {
  readonly hooks: HookRunner;
  readonly iqs = new IqTable();
  readonly hosts = new Map<DomainJid, RegisteredHost>();

  constructor(log: Logger) {
    this.hooks = new HookRunner(log);
  }
}
