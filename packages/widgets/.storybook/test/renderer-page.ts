import * as lit from 'lit';
import * as lean from '../../bundle/lit.js';
import { type Done, done } from './element-cases.js';
import { type Played, played } from './renderer-cases.js';

/** The same done with Lit and with what the bundle has in its place. */
export interface Compared {
  readonly shown: Readonly<Record<'lean' | 'lit', Played>>;
  readonly done: Promise<Readonly<Record<'lean' | 'lit', Done>>>;
}

async function both(): Promise<Readonly<Record<'lean' | 'lit', Done>>> {
  return {
    lit: await done(lit, 'lit-probe'),
    lean: await done(lean as unknown as typeof lit, 'lean-probe'),
  };
}

Object.assign(globalThis, {
  shown: { lit: played(lit), lean: played(lean) },
  done: both(),
} satisfies Compared);
