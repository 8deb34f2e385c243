import type { Shown } from '../connect.js';

/** Whom one may want to name: who spoke last comes first, then everybody else who is here. Not oneself. */
export function* likelyNames({ messages, occupants, self }: Shown): Generator<string> {
  const own = self.value?.nick;
  for (const message of [...messages.value].reverse())
    if (!message.own && message.nick !== own) yield message.nick;
  for (const nick of occupants.value.keys()) if (nick !== own) yield nick;
}
