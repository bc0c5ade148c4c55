import { addressBits, prefixLength } from '../../documents/cidr';
import { difference, type IntervalSet, union } from './intervals';

/** Addresses as intervals of numbers: IPv4 first, then IPv6. `AddressSpace` adds numbers above them. */
export type AddressSet = IntervalSet<bigint>;

const ipv4Bits = 32;
const ipv6Bits = 128;
/** The number of the first IPv6 address. */
export const ipv6Start = 1n << 32n;
/** The first number after all addresses. */
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
 * The addresses of a CIDR, or one address. Bits after the prefix are ignored, as in Kubernetes and ipset.
 *
 * @returns undefined if the string is not a CIDR and not an address
 */
export function parseCidr(text: string): AddressSet | undefined {
  const range = rangeOf(text);
  return range && [{ from: range.from, to: range.to }];
}

/**
 * The addresses that the ipBlocks of one rule match. kube-router puts all blocks into one ipset, with each `except`
 * as `nomatch`, and the longest prefix decides. Kubernetes treats the blocks separately. So, in contrast to
 * Kubernetes:
 *
 * - an `except` of one block also excludes addresses of another, wider block;
 * - a block inside an `except` is matched;
 * - if a block equals an `except`, the result depends on their order. Here the block is matched, because it may be.
 *
 * @throws naming the string that is not a CIDR
 * @see https://github.com/cloudnativelabs/kube-router/blob/v2.6.3/pkg/controllers/netpol/policy.go (evalIPBlockPeer)
 * @see https://ipset.netfilter.org/ipset.man.html (hash:net, nomatch)
 */
export function addressesOfBlocks(blocks: readonly Block[]): AddressSet {
  const entries = blocks.flatMap(({ cidr, except }) => [
    { ...rangeOrThrow(cidr), matches: true },
    ...except.map((text) => ({ ...rangeOrThrow(text), matches: false })),
  ]);
  // ipset stores a /0 as two ranges with the prefix /1.
  const length = ({ prefix }: Range): number => Math.max(prefix, 1);
  entries.sort((a, b) => length(a) - length(b) || Number(a.matches) - Number(b.matches));
  return entries.reduce<AddressSet>(
    (set, { matches, from, to }) => (matches ? union(set, [{ from, to }]) : difference(set, [{ from, to }])),
    [],
  );
}

/** The fewest CIDRs that cover an interval. A single address is printed without a prefix length. */
export function cidrsOf(from: bigint, to: bigint): string[] {
  const [bits, start] = from < ipv6Start ? [ipv4Bits, 0n] : [ipv6Bits, ipv6Start];
  const cidrs: string[] = [];
  for (let at = from - start; at < to - start; ) {
    const left = floorLog2(to - start - at);
    const free = at === 0n ? left : Math.min(left, floorLog2(at & -at));
    const address = bits === ipv4Bits ? ipv4Text(at) : ipv6Text(at);
    cidrs.push(free === 0 ? address : `${address}/${bits - free}`);
    at += 1n << BigInt(free);
  }
  return cidrs;
}

/** Largest n with 2^n <= value. */
function floorLog2(value: bigint): number {
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

/**
 * Splits the characters between two colons into groups: one group, no group at the ends of `::`, or two groups
 * written as four bytes (`::ffff:192.0.2.1`).
 */
function groupsOf(text: string): string[] {
  if (!text.includes('.')) return text === '' ? [] : [text];
  const value = parseIpv4(text);
  return [(value >> 16n).toString(16), (value & 0xffffn).toString(16)];
}

function ipv4Text(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
}

/** Formats an address as RFC 5952 requires: the first of the longest runs of zero groups becomes `::`. */
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
