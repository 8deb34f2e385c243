import { FakeClock } from '@meerkat-chat/xmpp/testing';
import { describeStorageContract } from './contract.js';
import { openSqliteStorage } from './sqlite.js';

describeStorageContract('SQLite in memory', () =>
  openSqliteStorage({ file: ':memory:', clock: new FakeClock(), commitInterval: 0 }),
);
