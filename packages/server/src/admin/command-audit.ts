import type { Clock } from '@meerkat-chat/xmpp';
import type { AuditStore } from '../storage/storage.js';

/** Writes down what an administrator did, or wanted to do: then `details.problem` says why it was not done. */
export type NoteAct = (
  action: string,
  target: string,
  details?: Readonly<Record<string, unknown>>,
) => Promise<void>;

/** Writes down what is done by the command line of the machine itself. */
export function commandAudit(audit: Pick<AuditStore, 'append'>, clock: Pick<Clock, 'now'>): NoteAct {
  return (action, target, details = {}) =>
    audit.append({ at: clock.now(), actor: 'command line', action, target, details });
}
