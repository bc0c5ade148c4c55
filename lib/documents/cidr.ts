const octet = '(?:0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])';
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);

/** Length of an address in bits. Undefined if the string is not an IPv4 or IPv6 address. */
export function addressBits(text: string): 32 | 128 | undefined {
  if (ipv4.test(text)) return 32;
  // The host of a URL has the grammar of RFC 4291, without zones, so URL can validate an IPv6 address.
  return /^[0-9a-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]/`) ? 128 : undefined;
}

/** Prefix length of a CIDR: 20 for `173.245.48.0/20`. Undefined if the string is not a CIDR. */
export function prefixLength(cidr: string): number | undefined {
  const [address = '', prefix = '', ...others] = cidr.split('/');
  const bits = addressBits(address);
  const known = bits !== undefined && others.length === 0 && /^(0|[1-9]\d{0,2})$/.test(prefix);
  return known && Number(prefix) <= bits ? Number(prefix) : undefined;
}

/**
 * Ranges that are reserved for documentation. No host has an address in these ranges, so such an address in a
 * configuration marks an unresolved value.
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
 * A CIDR as firewalls print it: it begins with the first address of the range, and an IPv6 address has its shortest
 * form. `84.20.10.0/24` for `84.20.10.7/24`. Undefined if the string is not a CIDR.
 */
export function canonicalNetwork(cidr: string): string | undefined {
  const network = cidr.includes('/') ? networkBits(cidr) : undefined;
  return network && `${addressOf(network, '0')}/${network.bits.length}`;
}

/** The last address of a CIDR: `10.0.1.255` for `10.0.1.0/24`. In IPv4, this is the broadcast address. */
export function lastAddress(cidr: string): string | undefined {
  const network = networkBits(cidr);
  return network && addressOf(network, '1');
}

/**
 * Prefix lengths below which a range is too large for a single owner: more than 1/256 of the IPv4 addresses, or more
 * than 1/65,536 of the IPv6 addresses.
 */
export const shortestPrefix = { ipv4: 8, ipv6: 16 } as const;

/**
 * Whether a CIDR contains so many addresses that it is practically open to everyone, such as `0.0.0.0/0` or one of
 * its halves.
 */
export function isWorldwide(cidr: string): boolean {
  const length = prefixLength(cidr);
  return length !== undefined && length < shortestPrefix[cidr.includes(':') ? 'ipv6' : 'ipv4'];
}

/** Whether the range `outer` contains `inner`, which is a CIDR or an address. False if one of the two is invalid. */
export function contains(outer: string, inner: string): boolean {
  const [wide, narrow] = [networkBits(outer), networkBits(inner)];
  return wide !== undefined && narrow?.family === wide.family && narrow.bits.startsWith(wide.bits);
}

/** Whether two CIDRs overlap. */
export function overlap(a: string, b: string): boolean {
  return contains(a, b) || contains(b, a);
}

/** The bits that all addresses of a CIDR have in common. */
interface NetworkBits {
  readonly family: 32 | 128;
  readonly bits: string;
}

/** An address of the network: the common bits, followed by bits that all have the value `rest`. */
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

/** A cache, because a deployment has few ranges, and each one is parsed about a hundred times. */
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

/** URL returns an IPv6 host in its shortest form, without an embedded IPv4 address. */
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
