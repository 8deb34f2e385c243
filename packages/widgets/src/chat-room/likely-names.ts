import type { Room } from '@meerkat-chat/sdk';

/** Whom one may want to name: who spoke last comes first, then everybody else who is here. Not oneself. */
export function* likelyNames({ messages, occupants, self }: Room): Generator<string> {
  const own = self.value?.nick;
  for (const message of [...messages.value].reverse())
    if (!message.own && message.nick !== own) yield message.nick;
  for (const nick of occupants.value.keys()) if (nick !== own) yield nick;
}
