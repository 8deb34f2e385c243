import { type BareJid, type FullJid, type StreamError, streamError } from '@meerkat-chat/xmpp';
import type { ServerLink } from '../link/server-link.js';
import { FrameParser } from '../link/xml-parser.js';
import { type SessionCensus, type StreamCounts, StreamTally, takeCensus } from './census.js';
import type { StreamContext } from './context.js';
import { HeldStanzas } from './held-stanzas.js';
import { PackedBytes } from './packed-bytes.js';
import { ResumableSessions } from './resumable-sessions.js';
import { SignOuts } from './sign-outs.js';
import { Stream } from './stream.js';
import type { StreamHost } from './stream-host.js';
import { type Due, TimerWheel, WHEEL_STEP } from './timer-wheel.js';
import { boundWaiting } from './waiting-bound.js';

/** What the stream layer holds; all of it returns to zero when everybody has gone and what is remembered is old. */
export interface StreamStats {
  /** Links with a stream that has not ended. */
  readonly streams: number;
  /** Sessions, with a link or without. */
  readonly sessions: number;
  readonly hibernated: number;
  /** Deadlines of streams and sessions. */
  readonly deadlines: number;
  /** Ended sessions whose count is remembered. */
  readonly remembered: number;
}

/** The stream layer of a server. */
export interface Streams {
  /** Takes a link from a transport; from here on its frames are heard. */
  accept(link: ServerLink): void;
  stats(): StreamStats;
  /** What has happened since the start, up to now. */
  readonly counts: StreamCounts;
  /** Sessions by link, and the bytes that wait for them: looks at each. */
  census(): SessionCensus;
  /** Ends the sessions of an account but one, and keeps out who is on the way in by what held until now. */
  signOut(account: BareJid, but?: FullJid): void;
  /** Ends every session and stream with `system-shutdown`, and the timer; links that come later are closed. */
  shutdown(): void;
}

/** Makes the stream layer over a host; its one timer runs until `shutdown`. */
export function createStreams(host: StreamHost): Streams {
  const wheel = new TimerWheel(host.env.clock);
  const { resumeTimeout } = host.limits;
  const resumable = new ResumableSessions(resumeTimeout);
  const signOuts = new SignOuts(host.limits.signInTimeout);
  const context: StreamContext = {
    host,
    parser: new FrameParser(),
    wheel,
    held: new HeldStanzas(),
    resumable,
    signOuts,
    sessions: new Set(),
    counts: new StreamTally(),
    addresses: new PackedBytes(),
  };
  const streams = new Set<Stream>();
  let down = false;
  const keepHouse: Due = {
    due(now) {
      resumable.prune(now);
      signOuts.prune(now);
      boundWaiting(context);
      return now + WHEEL_STEP;
    },
  };
  wheel.schedule(keepHouse, wheel.now + WHEEL_STEP);

  return {
    accept(link) {
      if (down) return link.close('system-shutdown');
      const stream = new Stream(context, link, (ended) => streams.delete(ended));
      if (!stream.ended) streams.add(stream);
    },
    stats() {
      let hibernated = 0;
      for (const session of context.sessions) if (session.hibernated) hibernated++;
      const { remembered } = resumable;
      const deadlines = wheel.size - 1;
      return { streams: streams.size, sessions: context.sessions.size, hibernated, deadlines, remembered };
    },
    counts: context.counts,
    census: () => takeCensus(context.sessions),
    signOut(account, but) {
      signOuts.note(account, wheel.now);
      for (const session of [...host.sessions.of(account)]) {
        if (session.jid !== but) session.end('kicked', 'not-authorized');
      }
    },
    shutdown() {
      down = true;
      const error: StreamError = streamError('system-shutdown');
      for (const session of [...context.sessions]) session.finish('shutdown', error);
      for (const stream of [...streams]) stream.drop(error);
      wheel.stop();
    },
  };
}
