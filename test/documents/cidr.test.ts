import {
  addressBits,
  canonicalNetwork,
  isWorldwide,
  lastAddress,
  prefixLength,
} from '../../lib/documents/cidr';

describe('an address', () => {
  test.each(['0.0.0.0', '192.0.2.1', '255.255.255.255'])('%s has 32 bits', (text) => {
    expect(addressBits(text)).toBe(32);
  });

  test.each(['::', '::1', '2001:db8::', '2606:4700:0:0:0:0:0:1', '::ffff:192.0.2.1'])(
    '%s has 128 bits',
    (text) => {
      expect(addressBits(text)).toBe(128);
    },
  );

  test.each([
    ['nothing', ''],
    ['a name', 'cloudflare'],
    ['three bytes', '192.0.2'],
    ['a byte beyond 255', '192.0.2.256'],
    ['a byte that some read as octal', '192.0.2.010'],
    ['two gaps', '2001::db8::1'],
    ['too many groups', '1:2:3:4:5:6:7:8:9'],
    ['an address with a zone', 'fe80::1%eth0'],
    ['an address in brackets', '[::1]'],
    ['an address with a port', '192.0.2.1:80'],
  ])('is not %s', (_, text) => {
    expect(addressBits(text)).toBeUndefined();
  });
});

describe('a CIDR', () => {
  test.each<[string, number]>([
    ['173.245.48.0/20', 20],
    ['0.0.0.0/0', 0],
    ['192.0.2.1/32', 32],
    ['2400:cb00::/32', 32],
    ['::1/128', 128],
  ])('%s has a prefix of %d', (cidr, length) => {
    expect(prefixLength(cidr)).toBe(length);
  });

  test.each([
    ['an address', '192.0.2.1'],
    ['an empty prefix', '192.0.2.0/'],
    ['a prefix beyond the address', '192.0.2.0/33'],
    ['a prefix beyond the IPv6 address', '2400:cb00::/129'],
    ['a prefix with a zero in front', '192.0.2.0/08'],
    ['a mask', '192.0.2.0/255.255.255.0'],
    ['two prefixes', '192.0.2.0/24/24'],
  ])('is not %s', (_, cidr) => {
    expect(prefixLength(cidr)).toBeUndefined();
  });
});

describe('a network, as firewalls print it', () => {
  test.each([
    ['84.20.10.0/24', '84.20.10.0/24'],
    ['84.20.10.7/24', '84.20.10.0/24'],
    ['84.20.10.7/32', '84.20.10.7/32'],
    ['172.31.255.255/12', '172.16.0.0/12'],
    ['8.8.8.8/0', '0.0.0.0/0'],
    ['2001:0DB8::1/32', '2001:db8::/32'],
    ['2a06:98c0:0:0:0:0:0:0/29', '2a06:98c0::/29'],
    ['::1/128', '::1/128'],
  ])('of %s is %s', (text, network) => {
    expect(canonicalNetwork(text)).toBe(network);
  });

  test.each(['84.20.10.0', '84.20.10.0/33', 'home', ''])('is nothing of %j', (text) => {
    expect(canonicalNetwork(text)).toBeUndefined();
  });
});

test.each([
  ['10.0.1.0/24', '10.0.1.255'],
  ['10.0.1.0/28', '10.0.1.15'],
  ['84.20.10.7/32', '84.20.10.7'],
  ['2001:db8::/64', '2001:db8::ffff:ffff:ffff:ffff'],
])('the last address of %s is %s', (cidr, last) => {
  expect(lastAddress(cidr)).toBe(last);
});

describe('what is open to as much of the internet', () => {
  test.each(['0.0.0.0/0', '128.0.0.0/1', '8.0.0.0/7', '::/0', '2000::/3', '2a00::/15'])(
    'as %s is open to all addresses',
    (cidr) => {
      expect(isWorldwide(cidr)).toBe(true);
    },
  );

  test.each(['10.0.0.0/8', '84.20.10.7/32', '2a01::/16', 'home'])('as %s is not', (cidr) => {
    expect(isWorldwide(cidr)).toBe(false);
  });
});
