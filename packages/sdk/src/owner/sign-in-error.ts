import type { ChatStatus } from '../chat.js';

/** Nobody was signed in, and the guest goes on as before. */
export class SignInError extends Error {
  /** What the chat would show, had it begun so. */
  readonly status: ChatStatus;

  constructor(status: ChatStatus) {
    super(status.state === 'refused' ? (status.text ?? status.reason) : 'the sign-in was given up');
    this.name = 'SignInError';
    this.status = status;
  }
}
