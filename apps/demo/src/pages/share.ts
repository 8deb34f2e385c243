import type { Chat } from '@meerkat-chat/sdk';

/** The part of a chat that shares a status: absent in an SDK or a server that cannot. */
type Sharing = Pick<Chat, 'status' | 'start' | 'close'> & {
  readonly shareStatus?: (on: boolean) => Promise<string | undefined>;
};

/** What came of the wish to share. */
export type Shared =
  | { readonly kind: 'shared'; readonly id: string }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'impossible' }
  | { readonly kind: 'failed' };

/** Tells the server of the wish; starts the chat where it has not been. Never rejects. */
export async function share(chat: Sharing, on: boolean): Promise<Shared> {
  if (typeof chat.shareStatus !== 'function') return { kind: 'impossible' };
  try {
    chat.start();
    const id = await chat.shareStatus(on);
    return on && id !== undefined ? { kind: 'shared', id } : { kind: 'hidden' };
  } catch {
    return { kind: 'failed' };
  }
}

/** An id as it may stand in an address; `undefined` for anything else. */
export function statusId(text: string): string | undefined {
  return /^[\w-]{22,64}$/.exec(text)?.[0];
}
