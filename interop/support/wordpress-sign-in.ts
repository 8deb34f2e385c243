// Somebody who signs in to WordPress by its form, without a browser.

/** A sign-in: what a browser would send along from then on. */
export interface WordpressSignIn {
  /** The header `Cookie`. */
  readonly cookie: string;
  /** The token of its session, as WordPress has it in the cookie. */
  readonly session: string;
}

const cookiesOf = (answer: Response): readonly string[] =>
  answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');

/** Sends the form of wp-login.php. @throws Error where that does not sign in */
export async function signIn(url: string, login: string, password: string): Promise<WordpressSignIn> {
  const form = `${url}/wp-login.php`;
  const first = await fetch(form);
  const answer = await fetch(form, {
    method: 'POST',
    body: new URLSearchParams({ log: login, pwd: password, testcookie: '1' }),
    headers: { cookie: cookiesOf(first).join('; ') },
    redirect: 'manual',
  });
  const cookies = cookiesOf(answer);
  const own = cookies.find((cookie) => cookie.startsWith('wordpress_logged_in_'));
  const session = decodeURIComponent(own ?? '').split('|')[2];
  if (session === undefined) throw new Error(`${login} was not signed in`);
  return { cookie: cookies.join('; '), session };
}

/**
 * Asks the plugin of a site for a token, as a page does: with the nonce that WordPress gives to who is signed in.
 * @param network where the nonce is from: the address of the network that the site is in, or its own
 */
export async function chatToken(site: string, { cookie }: WordpressSignIn, network = site): Promise<string> {
  const nonce = await fetch(`${network}/wp-admin/admin-ajax.php?action=rest-nonce`, { headers: { cookie } });
  const answer = await fetch(`${site}/wp-json/meerkat/v1/token`, {
    method: 'POST',
    headers: { cookie, 'x-wp-nonce': await nonce.text() },
  });
  const said: unknown = await answer.json();
  if (typeof said === 'object' && said !== null && 'token' in said) return String(said.token);
  throw new Error(`no token: ${answer.status}`);
}
