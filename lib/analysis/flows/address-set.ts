import { addressBits, prefixLength } from '../../documents/cidr';
import { difference, type IntervalSet, union } from './intervals';

/**
 * Addresses as numbers on one line: IPv4 from 0, IPv6 after it. What `AddressSpace` makes of them has a third part
 * behind these two.
 */
export type AddressSet = IntervalSet<bigint>;

const ipv4Bits = 32;
const ipv6Bits = 128;
/** Where IPv6 begins on the line. */
export const ipv6Start = 1n << 32n;
/** The first number that is no address. */
export const addressesEnd = ipv6Start + (1n << 128n);

interface Block {
  readonly cidr: string;
  readonly except: readonly string[];
}

interface Range {
  readonly from: bigint;
  readonly to: bigint;
  readonly prefix: number;
}

const ranges = new Map<string, Range | undefined>();

/**
 * The addresses of a CIDR, or of one address. Bits behind the prefix don't count, as for Kubernetes and ipset.
 *
 * @returns undefined for what is neither
 */
export function parseCidr(text: string): AddressSet | undefined {
  const range = rangeOf(text);
  return range && [{ from: range.from, to: range.to }];
}

/**
 * What the ipBlocks of one rule match. kube-router puts all of them into one ipset and each `except` into the same as
 * `nomatch`; in it the longest prefix decides. So an `except` of one block also takes from a wider block beside it,
 * and a narrower block beside it wins against an `except`. Kubernetes means them one by one. Where a block and an
 * `except` are equal, which is kept depends on their order: it counts as matched, because it may be.
 *
 * @throws the text that is no CIDR
 * @see https://github.com/cloudnativelabs/kube-router/blob/v2.6.3/pkg/controllers/netpol/policy.go (evalIPBlockPeer)
 * @see https://ipset.netfilter.org/ipset.man.html (hash:net, nomatch)
 */
export function addressesOfBlocks(blocks: readonly Block[]): AddressSet {
  const entries = blocks.flatMap(({ cidr, except }) => [
    { ...rangeOrThrow(cidr), matches: true },
    ...except.map((text) => ({ ...rangeOrThrow(text), matches: false })),
  ]);
  // A /0 is entered as its two halves.
  const length = ({ prefix }: Range): number => Math.max(prefix, 1);
  entries.sort((a, b) => length(a) - length(b) || Number(a.matches) - Number(b.matches));
  return entries.reduce<AddressSet>(
    (set, { matches, from, to }) => (matches ? union(set, [{ from, to }]) : difference(set, [{ from, to }])),
    [],
  );
}

/** The fewest CIDRs that make up an interval of the line. An address alone is written without its length. */
export function cidrsOf(from: bigint, to: bigint): string[] {
  const [bits, start] = from < ipv6Start ? [ipv4Bits, 0n] : [ipv6Bits, ipv6Start];
  const cidrs: string[] = [];
  for (let at = from - start; at < to - start; ) {
    const left = bitLength(to - start - at);
    const free = at === 0n ? left : Math.min(left, bitLength(at & -at));
    const address = bits === ipv4Bits ? ipv4Text(at) : ipv6Text(at);
    cidrs.push(free === 0 ? address : `${address}/${bits - free}`);
    at += 1n << BigInt(free);
  }
  return cidrs;
}

/** The exponent of the highest power of two in a number: 3 of 8 to 15. */
function bitLength(value: bigint): number {
  return value.toString(2).length - 1;
}

function rangeOrThrow(text: string): Range {
  const range = rangeOf(text);
  if (range === undefined) throw new Error(`${JSON.stringify(text)} is not a CIDR such as 10.0.0.0/8`);
  return range;
}

function rangeOf(text: string): Range | undefined {
  if (!ranges.has(text)) ranges.set(text, parseRange(text));
  return ranges.get(text);
}

function parseRange(text: string): Range | undefined {
  const [address = ''] = text.split('/');
  const bits = addressBits(address);
  const prefix = text.includes('/') ? prefixLength(text) : bits;
  if (bits === undefined || prefix === undefined) return undefined;
  const [value, start] = bits === ipv4Bits ? [parseIpv4(address), 0n] : [parseIpv6(address), ipv6Start];
  const size = 1n << BigInt(bits - prefix);
  const from = start + (value - (value % size));
  return { from, to: from + size, prefix };
}

function parseIpv4(text: string): bigint {
  return text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function parseIpv6(text: string): bigint {
  const [left = [], right = []] = text.split('::').map((half) => half.split(':').flatMap(groupsOf));
  const missing = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...missing, ...right].reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

/** What stands between two colons: a group, none at the ends of `::`, or two as four bytes (`::ffff:192.0.2.1`). */
function groupsOf(text: string): string[] {
  if (!text.includes('.')) return text === '' ? [] : [text];
  const value = parseIpv4(text);
  return [(value >> 16n).toString(16), (value & 0xffffn).toString(16)];
}

function ipv4Text(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
}

/** As RFC 5952 asks: the longest run of zeros, and the first of equal ones, is `::`. */
function ipv6Text(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((value >> BigInt(16 * (7 - i))) & 0xffffn).toString(16),
  );
  const text = groups.join(':');
  const runs = text.match(/\b0(?::0)+\b/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return text;
  return text.replace(new RegExp(`:?\\b${longest}\\b:?`), '::');
}
