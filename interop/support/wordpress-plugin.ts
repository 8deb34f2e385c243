import { inPhp, type WordpressSite } from './wordpress-site.js';

// The plugin as its settings page sets it up, in PHP. In a network of sites it is that of one of them.

/** Whose settings: the network's first site, or the only one, unless another number is given. */
const on = (blog: number): string => (blog === 1 ? '' : `switch_to_blog(${blog});\n`);

/** Settings of the plugin, by name; guests are let in and a box is on every page where nothing else is said. */
export async function setUp(
  site: WordpressSite,
  settings: Readonly<Record<string, string>>,
  blog = 1,
): Promise<void> {
  const pairs = Object.entries({ guests: '1', box: '1', ...settings });
  const given = pairs.map(([name, value]) => `${inPhp(name)} => ${inPhp(value)}`);
  await site.php(`${on(blog)}$settings = [${given.join(', ')}];
parse_str(http_build_query($settings), $form);
update_option(Meerkat\\Chat\\Options::NAME, Meerkat\\Chat\\Options::sanitize($form));`);
}

/** Makes the secret that the plugin shares with the chat server. @returns it */
export function renewSecret(site: WordpressSite, blog = 1): Promise<string> {
  return site.php(`${on(blog)}echo Meerkat\\Chat\\Secret::renew();`);
}

/** Gives the plugin a key for the chat server's API; none takes it away. */
export async function setKey(site: WordpressSite, key: string, blog = 1): Promise<void> {
  await site.php(`${on(blog)}update_option(Meerkat\\Chat\\ServerApi::OPTION, ${inPhp(key)});`);
}

/** What the settings page tells to set at the chat server, as an environment. */
export async function told(
  site: WordpressSite,
  secret: string,
  blog = 1,
): Promise<Readonly<Record<string, string>>> {
  const lines = await site.php(
    `${on(blog)}echo implode("\\n", Meerkat\\Chat\\SecretBox::lines(${inPhp(secret)}));`,
  );
  return Object.fromEntries(
    lines.split('\n').map((line) => {
      const [, name = '', value = ''] = /^(\w+)='?(.*?)'?$/.exec(line) ?? [];
      return [name, value];
    }),
  );
}
