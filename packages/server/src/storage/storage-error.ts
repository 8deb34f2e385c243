/** Why a storage could not be opened. */
export type StorageProblem =
  | 'corrupt' // the file is no database, or a broken one
  | 'future' // a newer version of this program has changed it
  | 'locked' // somebody else is writing to it for longer than we wait
  | 'unusable'; // it cannot be read or written: rights, a full disk, a missing folder

/** A storage that cannot be used; the message is one line for the operator. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly problem: StorageProblem;

  constructor(problem: StorageProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}

/** An entry was refused because more bytes wait for their commit than are allowed. */
export class ArchiveFullError extends Error {
  override readonly name = 'ArchiveFullError';

  constructor(waitingBytes: number) {
    super(`the archive has ${waitingBytes} bytes waiting for the disk and takes no more for now`);
  }
}
