import type { Module } from './kernel/module.js';
import { carbons } from './modules/carbons.js';
import { credentials } from './modules/credentials.js';
import { direct } from './modules/direct/direct.js';
import { disco } from './modules/disco.js';
import { mam } from './modules/mam/mam.js';
import { muc } from './modules/muc/muc.js';
import { ping } from './modules/ping.js';
import { presence } from './modules/presence.js';
import { rateLimit } from './modules/rate-limit.js';
import { register } from './modules/register.js';
import { status } from './modules/status/status.js';

/** Every module, in the order in which they start: at a hook, whoever is earlier is asked first. */
export const modules: readonly Module[] = [
  rateLimit,
  credentials,
  disco,
  ping,
  presence,
  muc,
  mam,
  direct,
  carbons,
  status,
  register,
];
