import { addressBits, prefixLength } from '../../lib/documents/cidr';

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
