import type { FrameParser } from '../link/xml-parser.js';
import type { StreamTally } from './census.js';
import type { HeldStanzas } from './held-stanzas.js';
import type { PackedBytes } from './packed-bytes.js';
import type { ResumableSessions } from './resumable-sessions.js';
import type { BoundSession } from './session.js';
import type { SignOuts } from './sign-outs.js';
import type { StreamHost } from './stream-host.js';
import type { TimerWheel } from './timer-wheel.js';

/** What all streams of a server share. */
export interface StreamContext {
  readonly host: StreamHost;
  readonly parser: FrameParser;
  readonly wheel: TimerWheel;
  /** What all the sessions' queues hold. */
  readonly held: HeldStanzas;
  readonly resumable: ResumableSessions;
  readonly signOuts: SignOuts;
  /** Every session, with a link or without. */
  readonly sessions: Set<BoundSession>;
  readonly counts: StreamTally;
  /** Where addresses stand as bytes. */
  readonly addresses: PackedBytes;
}
