import { type Chat, createChat, RequestError } from '@meerkat-chat/sdk';
import type { Shared } from './shared.js';

/** Resolves when the chat has signed in; rejects when it cannot. */
function signedIn(chat: Chat): Promise<void> {
  return new Promise((resolve, reject) => {
    const judge = () => {
      const { state } = chat.status.value;
      if (state !== 'online' && state !== 'refused' && state !== 'closed') return;
      off();
      if (state === 'online') resolve();
      else reject(new Error(state));
    };
    const off = chat.status.subscribe(judge);
    chat.start();
    judge();
  });
}

/** The guest of this page, who may share a status. Who shares is here while a page is, the café open or not. */
export class Sharing {
  readonly #chat = createChat();

  /** @param cafe speaks through the same session from now on: one page, one guest */
  constructor(cafe: Element | null) {
    if (cafe) Object.assign(cafe, { chat: this.#chat });
  }

  /** @param on what is wished; `undefined` asks what holds. Never rejects. */
  async share(on?: boolean): Promise<Shared> {
    try {
      await signedIn(this.#chat);
      const id = await this.#chat.shareStatus(on);
      return id === undefined ? { kind: 'hidden' } : { kind: 'shared', id };
    } catch (error) {
      const absent = error instanceof RequestError && error.error.condition === 'service-unavailable';
      return { kind: absent ? 'impossible' : 'failed' };
    }
  }
}
