import { describeStorageContract } from './contract.js';
import { openSqliteStorage } from './sqlite.js';

describeStorageContract('SQLite in memory', () => openSqliteStorage({ file: ':memory:' }));
