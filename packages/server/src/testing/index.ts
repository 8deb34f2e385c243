export { Cookies } from '../link/cookies.js';
export type { CrashingStorage } from './crashing-storage.js';
export { crashingStorage } from './crashing-storage.js';
export { FakeSession } from './fake-session.js';
export { parseXml } from './parse-xml.js';
export type { TestKernel, TestKernelOptions } from './test-kernel.js';
export { createTestKernel } from './test-kernel.js';
export type { TestServer, TestServerOptions } from './test-server.js';
export { createTestServer } from './test-server.js';
