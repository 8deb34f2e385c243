import { z } from 'zod';

/** How the site's back end is asked. */
export const backEnd = {
  /** Where the site's back end answers. Not set: it is not asked. */
  url: z
    .string()
    .regex(/^https?:\/\/\S+$/)
    .optional(),
  /** Goes along as a bearer token, so that the site answers nobody else. 16 characters or more. */
  secret: z
    .string()
    .regex(/^[\w.~+/-]{16,}=*$/)
    .optional()
    .meta({ secret: true }),
  /** How long the site may take to answer. */
  timeout: z.int().min(100).default(3000),
  /** Requests to the site at a time; who comes beyond has to come back. */
  atOnce: z.int().min(1).default(50),
  /** So many failures one after the other, and the site is left alone for `pause`. */
  failures: z.int().min(1).default(5),
  /** How long the site is left alone when it fails. */
  pause: z.int().min(0).default(10_000),
};

/** How the site's back end is asked: where, and how patiently. */
export type BackEndSettings = Readonly<z.output<z.ZodObject<typeof backEnd>>>;

/** Settings of cookies that the site's back end is asked about. Times are in milliseconds. */
export const siteSessionSettings = z.object({
  /**
   * The names of the cookies that the site's sessions are known by; a `*` at the end stands for whatever follows. None:
   * nobody is asked.
   */
  cookies: z.array(z.string().regex(/^[^\s=;,"]+$/)).default([]),
  ...backEnd,
  /** How long its answer is good for others who come with the same cookie, and for the next look. */
  keep: z.int().min(0).default(10_000),
  /** How long it is known of a cookie that it is good for nothing. */
  keepRefusal: z.int().min(0).default(3000),
  /** Answers that are remembered. */
  remembered: z.int().min(1).default(20_000),
});

/** Settings of cookies that the site's back end is asked about, complete. */
export type SiteSessionSettings = Readonly<z.output<typeof siteSessionSettings>>;

/** Settings of passwords that the site's back end is asked about. Times are in milliseconds. */
export const sitePasswordSettings = z.object({
  ...backEnd,
  /**
   * How long a sign-in by password lasts, tokens for coming back included; then the site is asked again. So who is not
   * known there any more is out by then.
   */
  lasts: z.int().min(60_000).default(43_200_000),
});

/** Settings of passwords that the site's back end is asked about, complete. */
export type SitePasswordSettings = Readonly<z.output<typeof sitePasswordSettings>>;
