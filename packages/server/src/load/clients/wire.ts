/**
 * One connection that carries XML both ways. What arrives is handed over as the bytes of one element at a time;
 * they are only good during the call, since the buffer is used again.
 */
export interface Wire {
  /** Opens a stream, or opens it anew after authentication. The features arrive as a frame. */
  open(domain: string): void;
  send(element: string): void;
  /** Reads no more, as a client that hangs does. */
  pause(): void;
  /** Reads on. */
  unpause(): void;
  /** Is gone without a word, as a page that is left. `ended` is not called. */
  drop(): void;
  /** Ends the stream in order, and then the connection. `ended` is not called. */
  close(): void;
}

/** Hears what comes over a wire. */
export interface WireListener {
  frame(bytes: Buffer): void;
  /** The other end is gone, or the network. */
  ended(why: string): void;
}

/** Where a wire goes and where it comes from. */
export interface WireOptions {
  readonly url: URL;
  /** The address that this end has, where there are many; undefined lets the system choose. */
  readonly localAddress: string | undefined;
  /** Takes whatever certificate the server has. Default false. */
  readonly trustAnyCertificate?: boolean;
  /** What else goes along with each request, such as cookies. */
  readonly headers?: Readonly<Record<string, string>>;
}
