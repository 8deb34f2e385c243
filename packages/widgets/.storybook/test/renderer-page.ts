import * as lit from 'lit-html';
import * as lean from '../../bundle/lit-html.js';
import { played } from './renderer-cases.js';

Object.assign(globalThis, { lit: played(lit), lean: played(lean) });
