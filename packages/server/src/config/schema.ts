import { type DomainJid, parseDomainJid } from '@meerkat-chat/xmpp';
import { z } from 'zod';
import { registrationSettings, retentionSettings } from '../accounts/settings.js';
import { guestSettings } from '../auth/guests/settings.js';
import { passwordSettings } from '../auth/password-rules.js';
import { sitePasswordSettings, siteSessionSettings } from '../auth/site/settings.js';
import { tokenSettings } from '../auth/token/settings.js';
import { wordpressSettings } from '../auth/wordpress/settings.js';
import { apiSettings } from '../http/api/settings.js';
import type { Module } from '../kernel/module.js';
import { type AdmissionLimits, DEFAULT_ADMISSION_LIMITS } from '../link/admission.js';
import { type BoshLimits, DEFAULT_BOSH_LIMITS } from '../link/bosh/bosh-limits.js';
import { DEFAULT_STREAM_LIMITS, type StreamLimits } from '../stream/limits.js';

const atLeast = (least: number, fallback: number) => z.int().min(least).default(fallback);
const s = DEFAULT_STREAM_LIMITS;
const a = DEFAULT_ADMISSION_LIMITS;
const b = DEFAULT_BOSH_LIMITS;

/** Bounds of one stream; what each means is said in stream/limits.ts. */
const streamLimits = {
  // RFC 6120 section 13.12: a server takes stanzas of 10,000 bytes at least.
  stanzaBytesBeforeAuth: atLeast(10_000, s.stanzaBytesBeforeAuth),
  stanzaBytes: atLeast(10_000, s.stanzaBytes),
  depth: atLeast(8, s.depth),
  elements: atLeast(32, s.elements),
  attributes: atLeast(8, s.attributes),
  signInTimeout: atLeast(1000, s.signInTimeout),
  signInAttempts: atLeast(1, s.signInAttempts),
  sessionsPerAccount: atLeast(1, s.sessionsPerAccount),
  unsettledStanzas: atLeast(1, s.unsettledStanzas),
  queueBytes: atLeast(65_536, s.queueBytes),
  unacknowledgedBytes: atLeast(65_536, s.unacknowledgedBytes),
  totalWaitingBytes: atLeast(1_048_576, s.totalWaitingBytes),
  resumeTimeout: atLeast(60_000, s.resumeTimeout),
  idleTimeout: atLeast(1000, s.idleTimeout),
  answerTimeout: atLeast(1000, s.answerTimeout),
} satisfies Record<keyof StreamLimits, z.ZodType<number>>;

/** Bounds by address; what each means is said in link/admission.ts. */
const admissionLimits = {
  connectionsPerAddress: atLeast(1, a.connectionsPerAddress),
  newConnectionsPerAddress: atLeast(1, a.newConnectionsPerAddress),
  newConnectionsSpan: atLeast(1000, a.newConnectionsSpan),
} satisfies Record<keyof AdmissionLimits, z.ZodType<number>>;

/** Bounds of BOSH sessions; what each means is said in link/bosh/bosh-limits.ts. */
const boshLimits = {
  wait: atLeast(0, b.wait),
  hold: atLeast(0, b.hold),
  inactivity: atLeast(1000, b.inactivity),
  maxPause: atLeast(0, b.maxPause),
  polling: atLeast(0, b.polling),
  emptyRequests: atLeast(1, b.emptyRequests),
  replyBytes: atLeast(16_384, b.replyBytes),
  cacheBytes: atLeast(16_384, b.cacheBytes),
} satisfies Record<keyof BoshLimits, z.ZodType<number>>;

const domain = z
  .string()
  .default('localhost')
  .transform((text, issues): DomainJid => {
    const jid = parseDomainJid(text);
    if (jid !== undefined) return jid;
    issues.addIssue({ code: 'custom', message: 'a domain name such as chat.example' });
    return z.NEVER;
  });

/** Everything that can be set, except what modules declare themselves. Times are in milliseconds. */
const shape = {
  /** The domain of the accounts; rooms are at `rooms.` and this. */
  domain,
  /** The folder of the database, the server's key and the admin socket; made where there is none. */
  data: z.string().min(1).default('data'),
  listen: z
    .object({
      /** The address to listen at; `0.0.0.0` or `::` for every one. */
      host: z.string().min(1).default('127.0.0.1'),
      /** The port of HTTP, WebSocket and BOSH; 0 picks a free one. */
      port: z.int().min(0).max(65_535).default(5280),
    })
    .prefault({}),
  /** Addresses and blocks (`10.0.0.0/8`) of proxies whose `X-Forwarded-...` headers are believed. */
  trustedProxies: z.array(z.string()).default([]),
  /**
   * Origins of pages that may connect (`https://shop.example`), beside the server's own, where its frames are; any when
   * not set. A sandboxed frame without `allow-same-origin` has no origin, and connects only while this is not set.
   */
  origins: z.array(z.string().regex(/^https?:\/\/[^/]+$/)).optional(),
  embed: z
    .object({
      /**
       * Origins of pages that may show rooms in a frame, and hear what is said in them. Empty: any page may show them,
       * and hears that something was said, not what.
       */
      ancestors: z.array(z.string().regex(/^https?:\/\/[^\s/;,'"]+$/)).default([]),
      /** `required`: rooms are framed only by addresses that this server has signed (`meerkat embed`). */
      signed: z.enum(['optional', 'required']).default('optional'),
      /**
       * How long somebody whom the page around has signed in needs no other word of it after a reload: a cookie of this
       * server for that page alone. 0: there is none.
       */
      sessionLife: atLeast(0, 3_600_000),
      /** Origins of pages that may say who signs in to the rooms that they frame, by a token. Empty: none may. */
      tokenOrigins: z.array(z.string().regex(/^https?:\/\/[^\s/;,'"]+$/)).default([]),
    })
    .prefault({}),
  bosh: z.object(boshLimits).prefault({}),
  log: z
    .object({
      /** The least that is logged. */
      level: z.enum(['error', 'warn', 'info', 'debug', 'silent']).default('info'),
      /** `json` for machines, `text` for people. Both go to stderr. */
      format: z.enum(['json', 'text']).default('json'),
    })
    .prefault({}),
  metrics: z
    .object({
      /** Whether `/metrics` is there, for Prometheus. Without a token only this machine itself may read it. */
      enabled: z.boolean().default(true),
      /** Whoever sends this as a bearer token may read `/metrics` from elsewhere: 16 characters or more. */
      token: z
        .string()
        .regex(/^[\w.~+/-]{16,}=*$/)
        .optional()
        .meta({ secret: true }),
    })
    .prefault({}),
  api: apiSettings.prefault({}),
  limits: z
    .object({
      ...streamLimits,
      ...admissionLimits,
      /** WebSockets that are written to before others are heard again: a longer fan-out goes on in the next turn. */
      writesPerTurn: atLeast(1, 1000),
      /** Time of one turn of the event loop for signing in and for ending who vanished: when all do, others go on. */
      churnShare: atLeast(1, 10),
      /** True lifts the limits by address and by rate, for load tests (`--no-limits`). Bounds on sizes and queues stay. */
      lifted: z.boolean().default(false),
    })
    .prefault({}),
  storage: z
    .object({
      /** The name of the database file in the data folder. */
      file: z
        .string()
        .regex(/^[\w.-]+$/)
        .default('meerkat.sqlite'),
      /** `full`: what was acknowledged survives a power cut. `normal`: only a crash of the server. */
      synchronous: z.enum(['full', 'normal']).default('full'),
      /** How long to wait for another process that writes to the database. */
      busyTimeout: atLeast(0, 5000),
      /** Bytes of archive entries that may wait for the disk; beyond it messages are refused. */
      archiveWaitingBytes: atLeast(65_536, 67_108_864),
      /**
       * The least time from one commit of messages to the next; 0 for none. What comes after a pause is committed at
       * once. More makes a busy server work less for the disk, and messages wait up to that long.
       */
      commitInterval: z.int().min(0).max(1000).default(50),
    })
    .prefault({}),
  guests: guestSettings.prefault({}),
  registration: registrationSettings.prefault({}),
  archive: z.object({ retention: retentionSettings.prefault({}) }).prefault({}),
  auth: z
    .object({
      /** Whether people may come in without an account. */
      guests: z.boolean().default(true),
      /** Iterations of PBKDF2 for new passwords. */
      iterations: z.int().min(10_000).max(10_000_000).default(10_000),
      /** How long a token for signing in again is good. */
      tokenLife: atLeast(60_000, 2_592_000_000),
      /** Failed attempts to sign in from one address within `failureSpan`; then it has to wait. */
      failuresPerAddress: atLeast(1, 30),
      /** Failed attempts to sign in as one account within `failureSpan`, from wherever. */
      failuresPerAccount: atLeast(1, 100),
      /** How long a failed attempt counts. */
      failureSpan: atLeast(1000, 600_000),
      internal: z
        .object({
          password: passwordSettings.prefault({}),
        })
        .prefault({}),
      token: tokenSettings.prefault({}),
      siteSession: siteSessionSettings.prefault({}),
      sitePassword: sitePasswordSettings.prefault({}),
      wordpress: wordpressSettings.prefault({}),
    })
    .prefault({}),
};

/** The schema of the whole configuration, with each module's own settings below `modules.ID`. */
export function configSchema(modules: readonly Module[]) {
  const own: Record<string, z.ZodType> = {};
  for (const { id, settings } of modules) own[id] = settings.prefault({});
  return z.object({ ...shape, modules: z.object(own).prefault({}) });
}

/** The configuration, complete and checked. */
export type Config = Readonly<z.output<ReturnType<typeof configSchema>>>;
