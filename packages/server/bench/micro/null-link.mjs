// A link to nobody: it says what it is told to say, and counts what it is given.

const PEER = { transport: 'memory', address: '127.0.0.1', secure: true, origin: undefined };

/** A link (`ServerLink`) that takes everything at once. */
export class NullLink {
  peer = PEER;
  queuedBytes = 0;
  /** Stanzas that it was given. */
  stanzas = 0;
  /** Text that it was sent last. */
  last = '';
  #hear = (_frame) => {};
  #delivered;

  /** @param {() => void} delivered hears of each stanza that many get */
  constructor(delivered = () => {}) {
    this.#delivered = delivered;
  }

  /** Says a frame to the server. */
  say(frame) {
    this.#hear(frame);
  }

  onFrame(listener) {
    this.#hear = listener;
    return () => {};
  }

  onClose() {
    return () => {};
  }

  onDrain() {
    return () => {};
  }

  send(text) {
    this.last = text;
    if (/^<(?:iq|message|presence)\b/.test(text)) this.stanzas++;
  }

  write() {
    this.stanzas++;
    this.#delivered();
  }

  close() {}

  limitFrames() {}
}
