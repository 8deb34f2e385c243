import { Writable } from 'node:stream';
import { type Logger as Pino, pino } from 'pino';
import type { Logger } from './kernel/logger.js';

/** How logs are written. */
export interface LogOptions {
  readonly level: 'debug' | 'error' | 'info' | 'silent' | 'warn';
  readonly format: 'json' | 'text';
}

/** Where lines go. */
export interface LogSink {
  write(line: string): void;
}

// Nobody should log these. Should somebody, it is not told.
const SECRETS = ['password', 'token', 'body', 'xml', 'authorization', 'cookie'].flatMap((name) => [
  name,
  `*.${name}`,
]);

function wrap(log: Pino): Logger {
  return {
    error: (fields, message) => log.error(fields, message),
    warn: (fields, message) => log.warn(fields, message),
    info: (fields, message) => log.info(fields, message),
    debug: (fields, message) => log.debug(fields, message),
    child: (fields) => wrap(log.child(fields)),
  };
}

/** `12:34:56.789 warn  message key=value`, from a line of JSON. */
function asText(line: string): string {
  const { level, time, msg, err, ...fields }: Record<string, unknown> = JSON.parse(line);
  const rest = Object.entries(fields).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
  const stack = typeof err === 'object' && err !== null && 'stack' in err ? `\n${err.stack}` : '';
  const clock = new Date(Number(time)).toISOString().slice(11, 23);
  return `${clock} ${String(level).padEnd(5)} ${msg}${rest.join('')}${stack}\n`;
}

/** Makes the server's logger. Lines are written at once, so that the last one before an end is there. */
export function createLogger(options: LogOptions, sink: LogSink): Logger {
  const { format, level } = options;
  const out = new Writable({
    decodeStrings: false,
    write(line, _, done) {
      sink.write(format === 'json' ? line : asText(line));
      done();
    },
  });
  return wrap(
    pino(
      {
        level,
        base: null,
        redact: { paths: SECRETS, censor: '[hidden]' },
        formatters: { level: (label) => ({ level: label }) },
      },
      out,
    ),
  );
}
