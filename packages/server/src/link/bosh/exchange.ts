/** One HTTP request that waits for its answer, as a session sees it. */
export interface Exchange {
  /** Answers, once. Does nothing when the asker has gone. @param status of HTTP */
  answer(status: number, body: Buffer): void;
  /** Hears that the asker went away before there was an answer. */
  onGone(listener: () => void): void;
}
