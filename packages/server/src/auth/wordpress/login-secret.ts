/** The constants of wp-config.php that keys and salts are looked for in, by name. */
export type SaltConstants = Readonly<Record<string, string | undefined>>;

const SCHEMES = ['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE', 'SECRET'];
const NAMES = SCHEMES.flatMap((scheme) => [`${scheme}_KEY`, `${scheme}_SALT`]);

/** What stands in a configuration that nobody has filled in. */
const SAMPLE = 'put your unique phrase here';

/**
 * The secret of `logged_in` cookies: the key and the salt, one after the other, each from its constant or else from the
 * database, as WordPress (3.4 and later) looks for them. A constant that is empty, the sample phrase or the same as
 * another one does not count.
 * @param kept `logged_in_key` and `logged_in_salt` of the options (of the network, on a multisite)
 * @returns undefined when one of them is nowhere
 */
export function loggedInSecret(
  constants: SaltConstants,
  kept: { readonly key?: string | undefined; readonly salt?: string | undefined },
): string | undefined {
  const values = NAMES.map((name) => constants[name]).filter((value) => value !== undefined);
  const usable = (name: string): string | undefined => {
    const value = constants[name];
    const unique = value !== undefined && values.filter((other) => other === value).length === 1;
    return unique && value !== '' && value !== SAMPLE ? value : undefined;
  };
  const key = usable('LOGGED_IN_KEY') ?? usable('SECRET_KEY') ?? kept.key;
  const salt = usable('LOGGED_IN_SALT') ?? kept.salt;
  return key === undefined || salt === undefined ? undefined : key + salt;
}
