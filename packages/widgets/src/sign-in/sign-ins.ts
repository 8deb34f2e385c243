import { browserSignIn } from './runtime.js';
import { SiteSignIns } from './site-sign-ins.js';

/** The sign-ins of this page: loaded where an element signs in by the site's tokens. */
export const signIns = new SiteSignIns(browserSignIn);
