/**
 * Structured logs. One rubric everywhere: error = somebody was failed, warn = recovered, info = one line per step
 * of a life, debug = the rest. Never a body, a password or a token.
 */
export interface Logger {
  error(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  info(fields: object, message: string): void;
  debug(fields: object, message: string): void;
  /** A logger that puts these fields on each line. */
  child(fields: object): Logger;
}

/** Says nothing, for tests. */
export const silentLogger: Logger = {
  error() {},
  warn() {},
  info() {},
  debug() {},
  child() {
    return silentLogger;
  },
};
