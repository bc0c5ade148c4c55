const octet = '(?:0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])';
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);

/** Length of an address in bits. Undefined for text that is not an IPv4 or IPv6 address. */
export function addressBits(text: string): 32 | 128 | undefined {
  if (ipv4.test(text)) return 32;
  // The host of a URL follows the grammar of RFC 4291, without zones.
  return /^[0-9a-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]/`) ? 128 : undefined;
}

/** Prefix length of a CIDR: 20 for `173.245.48.0/20`. Undefined for text that is not a CIDR. */
export function prefixLength(cidr: string): number | undefined {
  const [address = '', prefix = '', ...others] = cidr.split('/');
  const bits = addressBits(address);
  const known = bits !== undefined && others.length === 0 && /^(0|[1-9]\d{0,2})$/.test(prefix);
  return known && Number(prefix) <= bits ? Number(prefix) : undefined;
}

/**
 * Ranges that are reserved for documentation. No host has such an address: in a configuration it marks an unresolved
 * value.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5737 and, for IPv6, rfc3849 and rfc9637
 */
export const documentationRanges = [
  '192.0.2.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '2001:db8::/32',
  '3fff::/20',
] as const;

/** Whether an address or a CIDR is inside a documentation range. */
export function isDocumentation(text: string): boolean {
  return documentationRanges.some((range) => contains(range, text));
}

/**
 * A CIDR as firewalls print it: beginning with its first address, IPv6 in its shortest form. `84.20.10.0/24` for
 * `84.20.10.7/24`. Undefined for text that is not a CIDR.
 */
export function canonicalNetwork(cidr: string): string | undefined {
  const network = cidr.includes('/') ? networkBits(cidr) : undefined;
  return network && `${addressOf(network, '0')}/${network.bits.length}`;
}

/** The last address of a CIDR, in IPv4 the broadcast address: `10.0.1.255` for `10.0.1.0/24`. */
export function lastAddress(cidr: string): string | undefined {
  const network = networkBits(cidr);
  return network && addressOf(network, '1');
}

/** A single owner has at most 1/256 of the IPv4 addresses, or 1/65,536 of the IPv6 addresses. */
export const shortestPrefix = { ipv4: 8, ipv6: 16 } as const;

/** Whether a CIDR is so large that it is open to everyone: `0.0.0.0/0`, and its halves. */
export function isWorldwide(cidr: string): boolean {
  const length = prefixLength(cidr);
  return length !== undefined && length < shortestPrefix[cidr.includes(':') ? 'ipv6' : 'ipv4'];
}

/** Whether `inner`, a CIDR or an address, is inside `outer`. False if either is invalid. */
export function contains(outer: string, inner: string): boolean {
  const [wide, narrow] = [networkBits(outer), networkBits(inner)];
  return wide !== undefined && narrow?.family === wide.family && narrow.bits.startsWith(wide.bits);
}

/** Whether two CIDRs overlap. */
export function overlap(a: string, b: string): boolean {
  return contains(a, b) || contains(b, a);
}

/** The common bits of all addresses in a CIDR. */
interface NetworkBits {
  readonly family: 32 | 128;
  readonly bits: string;
}

/** The address of a CIDR whose remaining bits are all `bit`. */
function addressOf({ family, bits }: NetworkBits, rest: '0' | '1'): string {
  const all = bits.padEnd(family, rest);
  const parts = (size: number) =>
    Array.from({ length: family / size }, (_, index) =>
      Number.parseInt(all.slice(index * size, (index + 1) * size), 2),
    );
  if (family === 32) return parts(8).join('.');
  return shortest(
    parts(16)
      .map((group) => group.toString(16))
      .join(':'),
  );
}

/** Cache: a deployment has few ranges, and each is parsed about a hundred times. */
const known = new Map<string, NetworkBits | undefined>();

function networkBits(text: string): NetworkBits | undefined {
  if (!known.has(text)) known.set(text, parseNetwork(text));
  return known.get(text);
}

function parseNetwork(text: string): NetworkBits | undefined {
  const [address = ''] = text.split('/');
  const family = addressBits(address);
  const length = text.includes('/') ? prefixLength(text) : family;
  if (family === undefined || length === undefined) return undefined;
  const bits = family === 32 ? ipv4Binary(address) : ipv6Binary(address);
  return { family, bits: bits.slice(0, length) };
}

function ipv4Binary(address: string): string {
  return address
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
}

/** The host of a URL is in its shortest form, without embedded IPv4 addresses. */
function shortest(address: string): string {
  return new URL(`http://[${address}]/`).hostname.slice(1, -1);
}

function ipv6Binary(address: string): string {
  const text = shortest(address);
  const [left = [], right = []] = text.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  const groups = text.includes('::') ? [...left, ...zeros, ...right] : left;
  return groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}
