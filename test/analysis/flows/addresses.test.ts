import * as fc from 'fast-check';
import { addressesEnd, addressesOfBlocks, cidrsOf, parseCidr } from '../../../lib/analysis/flows/address-set';
import { AddressSpace } from '../../../lib/analysis/flows/address-space';
import { difference, union } from '../../../lib/analysis/flows/intervals';
import { topology } from './documents';

const space = new AddressSpace(topology);
const privateRanges = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'];

function addresses(...cidrs: string[]) {
  return union(...cidrs.map((cidr) => parseCidr(cidr) ?? []));
}

function cidrs(set: ReturnType<typeof addresses>): string[] {
  return set.flatMap(({ from, to }) => cidrsOf(from, to));
}

describe('a CIDR', () => {
  test.each([
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['192.0.2.1/32', '192.0.2.1'],
    ['192.0.2.1', '192.0.2.1'],
    ['::/0', '::/0'],
    ['2001:DB8::/32', '2001:db8::/32'],
    ['2001:db8:0:0:1:0:0:1/128', '2001:db8::1:0:0:1'],
    ['fe80::1', 'fe80::1'],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['::ffff:192.0.2.1', '::ffff:c000:201'],
  ])('%s is %s', (text, canonical) => {
    expect(cidrs(addresses(text))).toEqual([canonical]);
  });

  test.each([
    ...[
      '',
      '10.0.0.0/33',
      '10.0.0/8',
      '10.0.0.256',
      '10.0.0.01',
      '1.2.3.4.5',
      '10.0.0.0/',
      '/8',
      'example.com',
    ],
    ...['::/129', '1::2::3', ':::', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '12345::', 'g::', '10.0.0.0/8/8'],
  ])('%j is none', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  test('is one of the fewest that make up a range', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 20), fc.integer({ min: 1, max: 2 ** 20 }), (start, length) => {
        const range = { from: BigInt(start), to: BigInt(start + length) };
        const parts = cidrsOf(range.from, range.to);
        expect(addresses(...parts)).toEqual([range]);
        expect(parts.length).toBeLessThanOrEqual(40);
      }),
    );
  });
});

describe('the ipBlocks of one rule', () => {
  const block = (cidr: string, ...except: string[]) => ({ cidr, except });

  test('are without what is excepted', () => {
    expect(cidrs(addressesOfBlocks([block('10.0.0.0/30', '10.0.0.1/32')]))).toEqual([
      '10.0.0.0',
      '10.0.0.2/31',
    ]);
  });

  test('lose what a wider sibling does not except, as in an ipset', () => {
    const blocks = [block('10.0.0.0/8', '10.1.0.0/16'), block('10.0.0.0/9')];
    expect(addressesOfBlocks(blocks)).toEqual(difference(addresses('10.0.0.0/8'), addresses('10.1.0.0/16')));
  });

  test('keep a narrower one inside of what another excepts', () => {
    const blocks = [block('10.0.0.0/8', '10.1.0.0/16'), block('10.1.2.0/24')];
    const expected = difference(addresses('10.0.0.0/8'), addresses('10.1.0.0/16'));
    expect(addressesOfBlocks(blocks)).toEqual(union(expected, addresses('10.1.2.0/24')));
  });

  test('count as matched where one is what another excepts', () => {
    const blocks = [block('10.1.0.0/16'), block('10.0.0.0/8', '10.1.0.0/16')];
    expect(addressesOfBlocks(blocks)).toEqual(addresses('10.0.0.0/8'));
  });
});

describe('a name', () => {
  test.each([
    ['any address', ['0.0.0.0/0', '::/0'], []],
    ['any IPv4 address', ['0.0.0.0/0'], []],
    ['any IPv6 address', ['::/0'], []],
    ['public addresses', ['0.0.0.0/0'], privateRanges],
    ['public addresses', ['0.0.0.0/0'], [...privateRanges, '127.0.0.0/8']],
    ['public addresses other than the nodes', ['0.0.0.0/0'], [...privateRanges, ...topology.nodeAddresses]],
    [
      'public addresses, 172.16.0.0/12',
      ['0.0.0.0/0'],
      privateRanges.filter((cidr) => !cidr.startsWith('172')),
    ],
    ['10.0.0.0/8', ['10.0.0.0/8'], []],
    ['node 178.104.247.152', ['178.104.247.152'], []],
    ['178.104.247.152/31', ['178.104.247.152/31'], []],
    ['169.254.169.254', ['169.254.169.254'], []],
    ['203.0.113.0/24, 2001:db8::/32', ['203.0.113.0/24', '2001:db8::/32'], []],
    ['flannel address 10.42.3.0', ['10.42.3.0'], []],
    ['flannel addresses 10.42.0.0 to 10.42.2.0, 10.42.4.0', ['10.42.0.0/23', '10.42.2.0', '10.42.4.0'], []],
    [
      'flannel address 10.42.16.0 (of more node subnets than the 16 that policies allow)',
      ['10.42.16.0/24'],
      [],
    ],
  ])('is %s', (name, of, except) => {
    const set = space.outside(difference(addresses(...of), addresses(...except)));
    expect(
      space
        .name(set)
        .map((part) => part.name)
        .join(', '),
    ).toBe(name);
  });

  test('is of parts that are the whole', () => {
    const cidr = fc.tuple(
      fc.constantFrom('0.0.0.0', '10.42.0.0', '178.104.247.152', '::', '2001:db8::'),
      fc.nat(32),
    );
    fc.assert(
      fc.property(fc.array(cidr), fc.array(cidr), (of, except) => {
        const text = ([address, prefix]: [string, number]): string => `${address}/${prefix}`;
        const set = space.outside(difference(addresses(...of.map(text)), addresses(...except.map(text))));
        expect(union(...space.name(set).map((part) => part.addresses))).toEqual(set);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a pod's address", () => {
  test.each([
    ['10.42.0.0/16', true],
    ['10.42.3.0/24', true],
    ['10.42.3.1/32', true],
    ['10.42.3.0/32', false],
    ['10.42.255.0/32', false],
    ['10.41.0.0/16', false],
    ['0.0.0.0/0', true],
    ['::/0', false],
  ])('in %s: %p', (cidr, isThere) => {
    expect(space.reachesPods(addresses(cidr))).toBe(isThere);
  });

  test('is not among those that are no pod’s', () => {
    expect(space.cidrs(space.outside(addresses('10.42.0.0/22')))).toEqual([
      '10.42.0.0',
      '10.42.1.0',
      '10.42.2.0',
      '10.42.3.0',
    ]);
    expect(space.outside(addresses('10.42.7.9'))).toEqual([]);
    expect(space.everything.at(-1)?.to).toBe(addressesEnd + 256n);
  });

  test('of a pod CIDR that is none', () => {
    expect(() => new AddressSpace({ ...topology, podCidr: '10.42' })).toThrow(
      '"10.42" is not a CIDR or an address',
    );
  });
});
