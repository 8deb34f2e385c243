import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServerProcess } from '../e2e/support/server-process.js';
import { addUser } from './support/add-user.js';
import { expectNothingLost, runLoad } from './support/load-run.js';
import { leftOut, PEERS, PeerServer } from './support/peer-server.js';
import { startTlsProxy, type TlsProxy } from './support/tls-proxy.js';

const USERS = 6;
const PASSWORD = 'of all of them';

let server: ServerProcess;
let proxy: TlsProxy;

beforeAll(async () => {
  server = await ServerProcess.start({ args: ['--no-limits'] });
  const [made] = await Promise.all([
    startTlsProxy(Number(new URL(server.url).port)),
    ...Array.from({ length: USERS }, (_, index) => addUser(server, `load-${index}`, PASSWORD)),
  ]);
  proxy = made;
});
afterAll(async () => {
  proxy?.close();
  await server?.stop();
});

const room = (url: string, ...more: readonly string[]) =>
  runLoad(['one-room', '--url', url, '--users', `${USERS}`, '--seconds', '1', ...more]);

describe('accounts', () => {
  test.concurrent.each([
    ['SCRAM-SHA-1', []],
    ['PLAIN', ['--mechanism', 'PLAIN']],
    ['SCRAM-SHA-1 by SASL2', ['--sasl2', '--sm']],
    ['PLAIN by SASL2', ['--mechanism', 'PLAIN', '--sasl2']],
  ] as const)('sign in by %s', async (_how, words) => {
    const report = await room(server.webSocketUrl, '--password', PASSWORD, ...words);
    expectNothingLost(report);
    expect(report.target.auth).toBe('password');
    expect(report.messages.expected).toBe(10 * USERS);
  });

  test.concurrent('a wrong password is told', async () => {
    await expect(room(server.webSocketUrl, '--password', 'wrong')).rejects.toThrow('not-authorized');
  });

  test.concurrent('resume, of the classic way and by SASL2', async () => {
    for (const words of [[], ['--sasl2']]) {
      const storm = [
        'reconnect-storm',
        '--url',
        server.webSocketUrl,
        '--users',
        `${USERS}`,
        '--password',
        PASSWORD,
      ];
      const report = await runLoad([
        ...storm,
        '--room-size',
        `${USERS}`,
        '--seconds',
        '2',
        '--away',
        '0.5',
        ...words,
      ]);
      expectNothingLost(report);
      expect(report.counters.resumed).toBe(USERS - 1);
    }
  });

  test.concurrent('mixed: the owner of the room removes people, who come back', async () => {
    const mixed = ['mixed', '--url', server.webSocketUrl, '--users', `${USERS}`, '--password', PASSWORD];
    const report = await runLoad([...mixed, '--seconds', '6', '--senders', '2', '--kicks', '2']);
    expectNothingLost(report);
    expect(report.counters.kicks).toBeGreaterThanOrEqual(2);
    expect(report.counters.kicksRefused).toBeUndefined();
    expect(report.spans.join?.count).toBe(USERS + (report.counters.kicks ?? 0));
  });
});

describe('transports', () => {
  test.concurrent.each([
    ['wss:', () => `wss://localhost:${proxy.port}/xmpp-websocket`, 'websocket'],
    ['wss: by an address', () => `wss://127.0.0.1:${proxy.port}/xmpp-websocket`, 'websocket'],
    ['https:', () => `https://localhost:${proxy.port}/http-bind`, 'bosh'],
  ] as const)(
    '%s with a certificate that nobody trusts, only when told to',
    async (_name, url, transport) => {
      const report = await room(url(), '--trust-any-certificate', '--sm');
      expectNothingLost(report);
      expect(report.target.transport).toBe(transport);
      await expect(room(url())).rejects.toThrow('certificate');
    },
  );

  test.concurrent('BOSH with stream management: messages, and sessions that are resumed', async () => {
    const report = await room(server.boshUrl, '--sm', '--rate', '20');
    expectNothingLost(report);
    expect(report.messages.expected).toBe(20 * USERS);
    const storm = [
      'reconnect-storm',
      '--url',
      server.boshUrl,
      '--users',
      `${USERS}`,
      '--room-size',
      `${USERS}`,
    ];
    const resumed = await runLoad([...storm, '--seconds', '2', '--away', '0.5']);
    expectNothingLost(resumed);
    expect(resumed.counters.resumed).toBe(USERS - 1);
  });
});

describe.each(PEERS)('on %s', (name) => {
  const skip = leftOut(name);
  let peer: PeerServer;
  beforeAll(async () => {
    if (!skip) peer = await PeerServer.start(name);
  });
  afterAll(() => peer?.stop());

  test.skipIf(skip)('guests over TCP, with stream management and without', async () => {
    for (const words of [[], ['--sm']]) {
      const report = await room(peer.tcpUrl, ...words);
      expectNothingLost(report);
      expect(report.target.transport).toBe('tcp');
      expect(report.messages.expected).toBe(10 * USERS);
    }
  });

  test.skipIf(skip)('guests over BOSH with stream management', async () => {
    expectNothingLost(await room(peer.boshUrl, '--sm'));
  });
});
