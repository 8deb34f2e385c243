/** What a command may use of its process. */
export interface CliIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: { write(text: string): void };
  /** In a terminal, a line of progress can be written over. */
  readonly stderr: {
    write(text: string): void;
    readonly isTTY?: boolean | undefined;
    readonly columns?: number | undefined;
  };
}

/** A command that cannot be done; the message is one line for the operator. */
export class CliError extends Error {
  override readonly name = 'CliError';
}

/** A command that was ended early, by Ctrl-C or SIGTERM: the exit code is 130. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/** A command that was called wrongly, in a way that its options alone do not tell: the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
