export type { FrameLimits } from '../link/xml-parser.js';
export { FrameParser } from '../link/xml-parser.js';
export type { StreamLimits } from './limits.js';
export { DEFAULT_STREAM_LIMITS } from './limits.js';
export type { StreamHost } from './stream-host.js';
export type { StreamStats, Streams } from './streams.js';
export { createStreams } from './streams.js';
