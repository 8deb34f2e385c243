import { describeStorageContract } from './contract.spec.js';
import { memoryStorage } from './memory.js';

describeStorageContract('memory', async () => memoryStorage());
