/** `chat-sign-in`: somebody goes to where one signs in. `preventDefault()` keeps them on the page, for one that has a way of its own. */
export class ChatSignInEvent extends Event {
  constructor() {
    super('chat-sign-in', { bubbles: true, composed: true, cancelable: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'chat-sign-in': ChatSignInEvent;
  }
}
