export type { Config, ConfigSources } from './config.js';
export { ConfigError, loadConfig } from './config.js';
export type { Logger } from './kernel/logger.js';
export type { RunningServer, ServerFiles } from './server.js';
export { startServer } from './server.js';
