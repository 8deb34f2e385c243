import { describeStorageContract } from './contract.js';
import { memoryStorage } from './memory.js';

describeStorageContract('memory', async () => memoryStorage());
