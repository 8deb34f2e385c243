import type { Strings } from '../locales/en.js';
import type { Times } from './times.js';

/** How many messages are new, and how many of them name the person: `23 new messages, 2 mention you`. */
export function newMessages(strings: Strings, times: Times, count: number, mentions: number): string {
  const words = strings.newMessages(count, times.count(count));
  return mentions === 0 ? words : strings.withMentions(words, mentions, times.count(mentions));
}
