import type { RoomStatus } from '@meerkat-chat/sdk';
import type { Shown } from '../connect.js';
import type { Strings } from '../locales/en.js';

/** What of a room can change without anybody saying a word. */
export interface RoomFacts {
  readonly status: RoomStatus;
  readonly subject: string;
  /** Whether one may only read there; undefined while one is not in it. */
  readonly muted: boolean | undefined;
}

/** The facts of a room as they are now. */
export function factsOf({ status, subject, self }: Shown): RoomFacts {
  const role = self.value?.role;
  return { status: status.value, subject: subject.value, muted: role && role === 'visitor' };
}

/** A change that the person should know of. */
export interface News {
  readonly text: string;
  /** It is seen nowhere else, and stands above the composer for a while. What is seen is only said aloud. */
  readonly shown: boolean;
}

/** What has changed for the person between two looks at a room. @param nameless without what is to say of their name */
export function newsOf(
  before: RoomFacts,
  now: RoomFacts,
  strings: Strings,
  nameless = false,
): readonly News[] {
  const news: News[] = [];
  const wish = nameless ? undefined : refusedWish(now.status);
  if (now.status.state === 'joined' && wish !== undefined && wish !== refusedWish(before.status)) {
    news.push({ text: strings.nameRefused(wish.nick, now.status.nick), shown: true });
  }
  if (before.muted !== undefined && now.muted !== undefined && before.muted !== now.muted) {
    news.push({ text: now.muted ? strings.noVoice : strings.voice, shown: !now.muted });
  }
  if (now.subject !== before.subject && now.subject !== '') {
    news.push({ text: strings.subjectIs(now.subject), shown: false });
  }
  return news;
}

function refusedWish(status: RoomStatus) {
  return status.state === 'joined' ? status.nickRefused : undefined;
}
