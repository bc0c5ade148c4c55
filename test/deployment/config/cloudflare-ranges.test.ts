import { loadConfiguration } from '../../../lib/deployment/config/load';
import { edited, withConfiguration } from '../../support/configuration';

const published = {
  source: 'https://www.cloudflare.com/ips',
  checked: null,
  ipv4: ['173.245.48.0/20', '104.16.0.0/13'],
  ipv6: ['2400:cb00::/32'],
};

/** What is said of a list, without the place; nothing where it is taken. */
function told(more: object): string {
  return withConfiguration(
    edited([]),
    (path) => {
      try {
        loadConfiguration(path);
        return '';
      } catch (error) {
        return (error as Error).message.replaceAll(/^\S*\/(?=cloudflare)/gm, '');
      }
    },
    undefined,
    JSON.stringify({ ...published, ...more }, null, 2),
  );
}

describe("the list of Cloudflare's ranges", () => {
  test('is taken as Cloudflare publishes it', () => {
    expect(told({})).toBe('');
  });

  const right = 'it must be a range of public IPv4 addresses such as 173.245.48.0/20';

  test.each([
    [{ ipv4: [] }, ':4:11 ipv4: is empty, so all requests over it would be refused; list the ranges that'],
    [{ ipv6: [] }, 'ipv6: is empty, so all requests over it would be refused; list the ranges that'],
    [{ ipv4: ['0.0.0.0/0'] }, `:5:5 ipv4[0]: is "0.0.0.0/0"; ${right}`],
    [{ ipv4: ['128.0.0.0/1'] }, `ipv4[0]: is "128.0.0.0/1"; ${right}`],
    [{ ipv4: ['10.0.0.0/8'] }, `ipv4[0]: is "10.0.0.0/8"; ${right}`],
    [{ ipv4: ['172.0.0.0/8'] }, `ipv4[0]: is "172.0.0.0/8"; ${right}`],
    [
      { ipv4: ['173.245.48.7/20'] },
      `ipv4[0]: is "173.245.48.7/20"; ${right}; did you mean "173.245.48.0/20"?`,
    ],
    [{ ipv6: ['fd00::/8'] }, 'ipv6[0]: is "fd00::/8"; it must be a range of public IPv6 addresses such as'],
    [{ ipv6: ['2000::/3'] }, 'ipv6[0]: is "2000::/3"; it must be a range of public IPv6 addresses such as'],
    [
      { ipv4: ['104.16.0.0/13', '104.16.0.0/13'] },
      ':6:5 ipv4[1]: is 104.16.0.0/13, which is already in the list; remove it',
    ],
  ])('is refused with %j', (more, message) => {
    expect(told(more)).toContain(message);
  });
});
