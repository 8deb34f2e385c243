import { isIPv6 } from 'node:net';

const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** How much more of what counts by address there is for networks that many people share. */
export const SHARED_FACTOR = 20;

/**
 * What limits by address count under: an IPv4 address as it is, of an IPv6 address its /64, because whoever has one
 * address of it has them all.
 */
export function addressKey(address: string): string {
  const mapped = MAPPED_IPV4.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const plain = address.split('%')[0] ?? address;
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const rest = tail === '' ? [] : tail.split(':');
    // A dotted quad at the end stands for two groups.
    const restLength = rest.length + (tail.includes('.') ? 1 : 0);
    while (groups.length < 8 - restLength) groups.push('0');
    groups.push(...rest);
  }
  const network = groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${network.join(':')}::/64`;
}
