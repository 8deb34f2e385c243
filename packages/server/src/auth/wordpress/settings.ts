import { z } from 'zod';

/** Settings of sign-in by WordPress's own cookie and accounts. Times are in milliseconds. */
export const wordpressSettings = z.object({
  /**
   * WordPress's database: `mysql://user:password@host/name`, or `sqlite:/path/to/.ht.sqlite`. It is only read; a user
   * that may `SELECT` from users, usermeta and options is enough. Not set: nothing of this is used.
   */
  database: z
    .string()
    .regex(/^(mysql:\/\/|sqlite:)\S+$/)
    .optional()
    .meta({ secret: true }),
  /** How the names of its tables begin; a network's, before the number of a site. */
  prefix: z.string().regex(/^\w*$/).default('wp_'),
  /**
   * In a network (multisite): the number of the site whose users may chat, by their roles there; 1 is its first. Who is
   * marked there as spam or as deleted may not. Not set: it is no network.
   */
  networkSite: z.int().min(1).optional(),
  /** The site's address as its option `siteurl` has it, a network's with a slash at its end: only its cookies count. */
  siteUrl: z
    .string()
    .regex(/^https?:\/\/\S+$/)
    .optional(),
  /**
   * `LOGGED_IN_KEY` and `LOGGED_IN_SALT` of wp-config.php, one after the other as one text. Several while they are being
   * replaced. None: those that WordPress keeps in its database, where it has made them itself.
   */
  secrets: z.array(z.string().min(1)).default([]).meta({ secret: true }),
  /**
   * The release by which cookies are made. Everything since 4.0 is `4.0`; older cookies know no sessions, so signing out
   * does not end them.
   */
  era: z.enum(['2.5.0', '2.5.1', '2.8', '4.0']).default('4.0'),
  /** Roles of WordPress that keep order in every room. */
  moderators: z.array(z.string().min(1)).default(['administrator', 'editor']),
  /**
   * Passwords that clients without a browser may sign in with: `application` passwords (WordPress 5.6 and later), `all`
   * adds the account's own. That goes past second factors and past plugins that turn people away; a token of the site
   * does not. SCRAM is not offered then.
   */
  passwords: z.enum(['none', 'application', 'all']).default('none'),
  /**
   * How long a sign-in by password lasts, tokens for coming back included; then the password is asked for again. So who
   * is not known there any more is out by then.
   */
  lasts: z.int().min(60_000).default(43_200_000),
  /** Whether WordPress is 6.8 or later, or before: they take other hashes. */
  release: z.enum(['before 6.8', '6.8']).default('6.8'),
  /** How long what the database says is taken for true. */
  keep: z.int().min(0).max(60_000).default(2000),
  /** Users of whom it is remembered. */
  remembered: z.int().min(1).default(20_000),
  /** Connections to the database. */
  connections: z.int().min(1).default(4),
  /** How long it may take to answer, or to be connected to. */
  timeout: z.int().min(100).default(3000),
});

/** Settings of sign-in by WordPress, complete. */
export type WordpressSettings = Readonly<z.output<typeof wordpressSettings>>;
