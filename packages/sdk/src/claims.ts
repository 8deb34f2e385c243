import { decodeBase64, fromUtf8 } from '@meerkat-chat/xmpp';

/** What a page may know of its own token (RFC 7519) without being able to check it. Times are in seconds. */
export interface Claims {
  readonly sub?: string | undefined;
  readonly name?: string | undefined;
  readonly exp?: number | undefined;
  readonly iat?: number | undefined;
  readonly until?: number | undefined;
}

/** Reads a token's claims; none of a token that is opaque. */
export function claimsOf(token: string): Claims {
  const [, body = ''] = token.split('.');
  const bytes = decodeBase64(
    body
      .replaceAll('-', '+')
      .replaceAll('_', '/')
      .padEnd(Math.ceil(body.length / 4) * 4, '='),
  );
  try {
    const said: unknown = JSON.parse((bytes && fromUtf8(bytes)) ?? '');
    return typeof said === 'object' && said !== null ? read(said) : {};
  } catch {
    return {};
  }
}

function read(said: object): Claims {
  const text = (name: string): string | undefined => {
    const value: unknown = Reflect.get(said, name);
    return typeof value === 'string' ? value : undefined;
  };
  const time = (name: string): number | undefined => {
    const value: unknown = Reflect.get(said, name);
    return typeof value === 'number' ? value : undefined;
  };
  return { sub: text('sub'), name: text('name'), exp: time('exp'), iat: time('iat'), until: time('until') };
}
