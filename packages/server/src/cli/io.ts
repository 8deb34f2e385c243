/** What a command may use of its process. */
export interface CliIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: { write(text: string): void };
  readonly stderr: { write(text: string): void };
}

/** A command that cannot be done; the message is one line for the operator. */
export class CliError extends Error {
  override readonly name = 'CliError';
}
