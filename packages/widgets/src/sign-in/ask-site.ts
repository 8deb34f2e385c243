/** How a site is asked. */
export interface SiteRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** How long it may take, in ms. */
  readonly timeout: number;
}

/** What a site answers; a redirection is an answer, 302. */
export interface SiteReply {
  readonly status: number;
  readonly text: string;
}

/** Asks the site of the page, as whoever is signed in there. Rejects where nobody answers. */
export async function askSite(
  address: string,
  { method, headers, timeout }: SiteRequest,
): Promise<SiteReply> {
  const url = new URL(address, document.baseURI);
  const answer = await fetch(url, {
    method,
    headers,
    // A back end on another origin is asked as whoever is signed in there; it decides by CORS whom it answers.
    credentials: url.origin === location.origin ? 'same-origin' : 'include',
    // Many sites send those who are not signed in to a page where they can.
    redirect: 'manual',
    cache: 'no-store',
    signal: AbortSignal.timeout(timeout),
  });
  const status = answer.type === 'opaqueredirect' ? 302 : answer.status;
  return { status, text: await answer.text() };
}
