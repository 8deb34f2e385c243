import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ServerProcess } from '../e2e/support/server-process.js';
import { BareClient } from './support/bare-client.js';

const run = promisify(execFile);
let server: ServerProcess;

beforeEach(async () => {
  server = await ServerProcess.start({ args: ['--no-limits'] });
});
afterEach(() => server.stop());

const ACK = (frame: string) => frame.startsWith('<a ');

/** Talks as fast as the server takes it until so many are acknowledged. @returns all that was said */
async function talk(client: BareClient, room: string, until: number): Promise<string[]> {
  const said: string[] = [];
  // The presence that joined counts too.
  while (client.acknowledged - 1 < until) {
    const acknowledged = client.hears(ACK);
    for (let burst = 0; burst < 40; burst++) {
      const text = `m${said.length}`;
      said.push(text);
      client.speak(room, text);
    }
    client.say('<r xmlns="urn:xmpp:sm:3"/>');
    await acknowledged;
  }
  return said;
}

test.each([
  ['SIGKILL', Array.from({ length: 10 }, (_, at) => at + 1)],
  ['SIGTERM', [11, 12, 13]],
] as const)(
  '%s at any moment: what was acknowledged is in the archive, once and in order',
  async (signal, seeds) => {
    let last = '';
    for (const seed of seeds) {
      const [acknowledgements = 0, underWay = 0] = createHash('sha256').update(String(seed)).digest();
      const room = `seed-${seed}@rooms.localhost`;
      const client = await BareClient.arrive(server.webSocketUrl);
      await client.join(room, 'anna');
      const said = await talk(client, room, 1 + acknowledgements * 2);
      // More is under way when it happens.
      for (let more = underWay; more > 0; more--) {
        said.push(`m${said.length}`);
        client.speak(room, `m${said.length - 1}`);
      }
      await server.kill(signal);
      const acknowledged = client.acknowledged - 1;
      await server.startAgain();
      const reader = await BareClient.arrive(server.webSocketUrl);
      await reader.join(room, 'ben');
      const archive = await reader.archive(room);
      const bodies = archive.map(({ body }) => body);
      expect(acknowledged).toBeGreaterThan(0);
      expect(bodies, `seed ${seed}`).toEqual(said.slice(0, bodies.length));
      expect(bodies.length, `seed ${seed}`).toBeGreaterThanOrEqual(acknowledged);
      // What others were shown is there too.
      const shown = client.heard.filter((frame) => frame.includes('<body>')).length;
      expect(bodies.length, `seed ${seed}`).toBeGreaterThanOrEqual(shown);
      const ids = archive.map(({ id }) => id);
      expect(ids).toEqual([...ids].sort());
      // Ids go on above those of before, over rooms and restarts.
      expect((ids[0] ?? '') > last).toBe(true);
      last = ids.at(-1) ?? '';
      reader.cut();
    }
  },
  120_000,
);

/** Bounds how large a file the server may make, as a disk does that has no room left. */
async function limitFiles(bytes: number | 'unlimited'): Promise<void> {
  await run('prlimit', ['--pid', String(server.pid), `--fsize=${bytes}:unlimited`]);
}

test.runIf(process.platform === 'linux')(
  'a full disk refuses messages, loses none, and ends nothing',
  async () => {
    const room = 'full@rooms.localhost';
    const client = await BareClient.arrive(server.webSocketUrl);
    await client.join(room, 'anna');
    const said = await talk(client, room, 100);
    while (client.acknowledged - 1 < said.length) await client.hears(ACK);
    const { size } = await stat(path.join(server.dataFolder, 'meerkat.sqlite-wal'));
    await limitFiles(size);
    const refused = client.hears(
      (frame) => frame.includes('type="error"') && frame.includes('resource-constraint'),
    );
    client.speak(room, 'too-much');
    await refused;
    expect((await fetch(`${server.url}/healthz`)).status).toBe(503);
    const other = await BareClient.arrive(server.webSocketUrl);
    expect(other.answer).toMatch(/^<success/);
    await limitFiles('unlimited');
    const heard = client.hears((frame) => frame.includes('<body>again</body>'));
    client.speak(room, 'again');
    await heard;
    await server.kill('SIGKILL');
    await server.startAgain();
    const reader = await BareClient.arrive(server.webSocketUrl);
    await reader.join(room, 'ben');
    expect((await reader.archive(room)).map(({ body }) => body)).toEqual([...said, 'again']);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  },
);
