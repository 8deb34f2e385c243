import type { Millis } from '@meerkat-chat/xmpp';
import type { FromWorker, ToWorker } from '../protocol.js';
import { parseMessage } from './handshake.js';

/** What the coordinator says to a worker on another machine, after the handshake. */
export type ToMachine = ToWorker | { readonly kind: 'ping'; readonly id: number };

/** What such a worker says. `at` is its own clock's time. */
export type FromMachine = FromWorker | { readonly kind: 'pong'; readonly id: number; readonly at: Millis };

/** How often the coordinator asks for the time while a run goes on; it also tells that it is still there. */
export const PING_EVERY: Millis = 1000;
/** Whoever has said nothing for so long is gone. */
export const SILENCE: Millis = 15_000;
/** How long the first words may take. */
export const HANDSHAKE_TIMEOUT: Millis = 10_000;

const TO_MACHINE = ['start', 'go', 'stop', 'ping'] as const satisfies readonly ToMachine['kind'][];
const FROM_MACHINE = [
  'arrived',
  'sample',
  'done',
  'failed',
  'pong',
] as const satisfies readonly FromMachine['kind'][];

/**
 * Reads what the coordinator says. It has proved that it knows the token and is of the same version, so that its
 * messages are taken to be whole. Undefined when it is none of them.
 */
export function parseToMachine(text: string): ToMachine | undefined {
  return known(text, TO_MACHINE) as ToMachine | undefined;
}

/** The same for what a worker says. */
export function parseFromMachine(text: string): FromMachine | undefined {
  return known(text, FROM_MACHINE) as FromMachine | undefined;
}

function known(text: string, kinds: readonly string[]): object | undefined {
  const message = parseMessage(text);
  return message && kinds.includes(message.kind) ? message : undefined;
}
