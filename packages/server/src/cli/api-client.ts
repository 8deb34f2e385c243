import { type IncomingMessage, request } from 'node:http';
import path from 'node:path';
import type { Config } from '../config.js';
import { API_SOCKET } from '../http/api/command-api.js';
import { CliError, UsageError } from './io.js';

/** Asked of the server that runs on a data folder: an operation of its API. */
export interface ApiRequest {
  readonly method: string;
  /** Below `/api`, with its query. */
  readonly path: string;
  readonly body?: object | undefined;
}

/** The longest answer that is read as a whole, in bytes. */
const MAX_ANSWER = 16 * 1024 * 1024;
const NOBODY = new Set(['ECONNREFUSED', 'EINVAL', 'ENAMETOOLONG', 'ENOENT', 'ENOTDIR', 'ENOTSOCK']);

/** What the server says of something that it did not do. */
export class ApiRefusal extends CliError {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Asks, and gives the answer to be read.
 * @throws {ApiRefusal} when it was not done; UsageError where what was asked cannot be
 * @throws {CliError} when no server runs on that folder
 */
export async function openApi({ data }: Pick<Config, 'data'>, asked: ApiRequest): Promise<IncomingMessage> {
  const answer = await new Promise<IncomingMessage>((fulfil, reject) => {
    const text = asked.body === undefined ? '' : JSON.stringify(asked.body);
    const call = request({
      socketPath: path.join(data, API_SOCKET),
      method: asked.method,
      path: `/api${asked.path}`,
      headers:
        text === ''
          ? {}
          : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) },
    });
    call.on('response', fulfil);
    call.on('error', (error: NodeJS.ErrnoException) => {
      const nobody = NOBODY.has(error.code ?? '');
      const why = `no server runs on the data folder ${path.resolve(data)}; one is started by meerkat start, another folder is chosen by --data`;
      reject(new CliError(nobody ? why : `the running server cannot be reached (${error.message})`));
    });
    call.end(text);
  });
  const status = answer.statusCode ?? 500;
  if (status < 300) return answer;
  const said: unknown = JSON.parse(await textOf(answer));
  const message =
    typeof said === 'object' && said !== null && 'error' in said ? String(said.error) : `status ${status}`;
  throw status === 400 ? new UsageError(message) : new ApiRefusal(status, message);
}

/** Asks, and gives the answer; undefined where there is nothing to say. @throws as `openApi` does */
export async function askApi(config: Pick<Config, 'data'>, asked: ApiRequest): Promise<unknown> {
  const text = await textOf(await openApi(config, asked));
  return text === '' ? undefined : JSON.parse(text);
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MAX_ANSWER) throw new CliError('the answer of the server is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}
