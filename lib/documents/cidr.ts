const octet = '(?:0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])';
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);

/** How many bits an address has, or undefined for what is no IPv4 or IPv6 address. */
export function addressBits(text: string): 32 | 128 | undefined {
  if (ipv4.test(text)) return 32;
  // The grammar of a URL's host is that of RFC 4291, and has no zones.
  return /^[0-9a-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]/`) ? 128 : undefined;
}

/** The length of a CIDR's prefix: 20 of `173.245.48.0/20`; undefined for what is no CIDR. */
export function prefixLength(cidr: string): number | undefined {
  const [address = '', prefix = '', ...others] = cidr.split('/');
  const bits = addressBits(address);
  const known = bits !== undefined && others.length === 0 && /^(0|[1-9]\d{0,2})$/.test(prefix);
  return known && Number(prefix) <= bits ? Number(prefix) : undefined;
}

/**
 * What documentations and examples are written with, and nobody has: a node or an operator with such an address is one
 * that nobody knows yet.
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

/** Whether an address or a CIDR lies in a range that only documentations use. */
export function isDocumentation(text: string): boolean {
  return documentationRanges.some((range) => contains(range, text));
}

/**
 * A CIDR as firewalls print it: from its first address, IPv6 in its shortest form. `84.20.10.0/24` of `84.20.10.7/24`;
 * undefined for what is no CIDR.
 */
export function canonicalNetwork(cidr: string): string | undefined {
  const network = cidr.includes('/') ? networkBits(cidr) : undefined;
  return network && `${addressOf(network, '0')}/${network.bits.length}`;
}

/** The last address of a CIDR, which in a network of IPv4 is nobody's: `10.0.1.255` of `10.0.1.0/24`. */
export function lastAddress(cidr: string): string | undefined {
  const network = networkBits(cidr);
  return network && addressOf(network, '1');
}

/** The shortest prefix that somebody may have: nobody has more than one of 256 IPv4, or of 65,536 IPv6 parts. */
export const shortestPrefix = { ipv4: 8, ipv6: 16 } as const;

/** Whether a CIDR is so large that to open something to it is to open it to everybody: `0.0.0.0/0`, and its halves. */
export function isWorldwide(cidr: string): boolean {
  const length = prefixLength(cidr);
  return length !== undefined && length < shortestPrefix[cidr.includes(':') ? 'ipv6' : 'ipv4'];
}

/** Whether every address of `inner`, a CIDR or one address, is one of `outer`; false for what is neither. */
export function contains(outer: string, inner: string): boolean {
  const [wide, narrow] = [networkBits(outer), networkBits(inner)];
  return wide !== undefined && narrow?.family === wide.family && narrow.bits.startsWith(wide.bits);
}

/** Whether two CIDRs have an address in common. */
export function overlap(a: string, b: string): boolean {
  return contains(a, b) || contains(b, a);
}

/** The bits that all addresses of a CIDR share. */
interface NetworkBits {
  readonly family: 32 | 128;
  readonly bits: string;
}

/** The address whose other bits are all the same. */
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

/** A deployment has few ranges, and each is asked about a hundred times. */
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

/** A URL's host is in its shortest form, without dots. */
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
