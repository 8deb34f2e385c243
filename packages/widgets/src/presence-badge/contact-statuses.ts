import type { Chat, ChatEvents } from '@meerkat-chat/sdk';
import type { PresenceState, PresenceStatus } from './status.js';
import { UNKNOWN } from './status.js';
import type { StatusSource, StatusWatch } from './status-polls.js';

/** How many people are remembered, and with how many devices each: what is beyond is not. */
export const CONTACTS_KEPT = 2000;
export const DEVICES_KEPT = 32;

/** The highest of what a person's devices say, as the server judges it for ids. */
const HIGHEST: readonly PresenceState[] = ['online', 'dnd', 'away'];

function stateOf({ available, show }: ChatEvents['presence']): PresenceState {
  if (!available) return 'offline';
  if (show === 'dnd') return 'dnd';
  return show === 'away' || show === 'xa' ? 'away' : 'online';
}

/**
 * The statuses of people to whose presence the signed-in viewer is subscribed, as the viewer's own session hears of it:
 * with it as their `source`, badges take an address (`mira@chat.example`) as `user`. Made before the chat is started, it
 * misses nothing. Ids go on to another source, and nobody else is asked.
 */
export class ContactStatuses implements StatusSource {
  readonly #ids: StatusSource;
  readonly #devices = new Map<string, Map<string, PresenceState>>();
  readonly #told = new Map<string, Set<(status: PresenceStatus) => void>>();

  constructor(chat: Pick<Chat, 'on'>, ids: StatusSource) {
    this.#ids = ids;
    chat.on('presence', (event) => this.#hear(event));
  }

  watch(what: string, told: (status: PresenceStatus) => void): StatusWatch {
    const address = /^xmpp:(.*)$/.exec(what)?.[1]?.toLowerCase();
    if (address === undefined) return this.#ids.watch(what, told);
    const tell = (status: PresenceStatus): void => told(status);
    const all = this.#told.get(address) ?? new Set();
    this.#told.set(address, all.add(tell));
    told(this.#statusOf(address));
    return {
      see: () => {},
      end: () => {
        all.delete(tell);
        if (all.size === 0 && this.#told.get(address) === all) this.#told.delete(address);
      },
    };
  }

  #hear(event: ChatEvents['presence']): void {
    const [address = ''] = event.from.toLowerCase().split('/', 1);
    const devices = this.#devices.get(address) ?? new Map<string, PresenceState>();
    const state = stateOf(event);
    if (state === 'offline') devices.delete(event.from);
    else if (devices.size < DEVICES_KEPT || devices.has(event.from)) devices.set(event.from, state);
    if (this.#devices.size < CONTACTS_KEPT) this.#devices.set(address, devices);
    for (const tell of this.#told.get(address) ?? []) tell(this.#statusOf(address));
  }

  #statusOf(address: string): PresenceStatus {
    const devices = this.#devices.get(address);
    if (!devices) return UNKNOWN;
    const states = new Set(devices.values());
    return { state: HIGHEST.find((state) => states.has(state)) ?? 'offline' };
  }
}
