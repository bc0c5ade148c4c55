import {
  RateLimitExemption,
  type RateLimitExemptionProps,
} from '../../../lib/constructs/traefik/rate-limit-exemption';
import { checkSchema } from '../../../lib/kubernetes/schema/kubernetes-schema';
import { at } from '../../support/at';
import { objectsOf, ofKind } from '../../support/chart';

const props: RateLimitExemptionProps = {
  host: 'api.example.com',
  service: { name: 'api', port: 8000 },
  addresses: ['192.0.2.1', '2001:db8::1'],
};
const route = (more: Partial<RateLimitExemptionProps> = {}) =>
  ofKind(
    objectsOf((chart) => new RateLimitExemption(chart, 'servers', { ...props, ...more })),
    'IngressRoute',
  );

describe('RateLimitExemption', () => {
  test('is for requests to the host from one of the addresses', () => {
    expect(at(route(), 'spec.routes.0.match')).toBe(
      'Host(`api.example.com`) && PathPrefix(`/`) && ' +
        '(Header(`Cf-Connecting-Ip`, `192.0.2.1`) || Header(`Cf-Connecting-Ip`, `2001:db8::1`))',
    );
  });

  test("has a rule that begins like the Ingress's, so that it is the longer one", () => {
    expect(at(route({ path: '/v1' }), 'spec.routes.0.match')).toMatch(
      /^Host\(`api\.example\.com`\) && PathPrefix\(`\/v1`\) && /,
    );
  });

  test('leads to the same Service', () => {
    expect(at(route(), 'spec.routes.0.services')).toEqual([{ name: 'api', port: 8000 }]);
  });

  test('has the middlewares that it is given, in their order', () => {
    const middlewares = ['security-headers', 'compression'];
    expect(at(route({ middlewares }), 'spec.routes.0.middlewares')).toEqual([
      { name: 'security-headers' },
      { name: 'compression' },
    ]);
  });

  test("is served over TLS alone, with the Ingress's certificate", () => {
    expect(route()['spec']).toMatchObject({ entryPoints: ['websecure'], tls: {} });
  });

  test('is called like its construct, or otherwise', () => {
    expect([route().metadata.name, route({ name: 'web' }).metadata.name]).toEqual(['servers', 'web']);
  });

  test('complies with the schema', () => {
    expect(checkSchema(route())).toEqual([]);
  });

  test.each<[string, Partial<RateLimitExemptionProps>, string]>([
    [
      'nobody',
      { addresses: [] },
      'addresses is empty, so no client is exempt; add an address, or remove the exemption',
    ],
    [
      'a network',
      { addresses: ['192.0.2.0/24'] },
      'addresses.0 is "192.0.2.0/24"; it must be one IPv4 or IPv6 address, as Cloudflare writes it',
    ],
    [
      'a host that would change the rule',
      { host: 'a`) || Host(`b' },
      'host is "a`) || Host(`b"; it must be a host name such as api.example.com',
    ],
    ['a path without "/"', { path: 'v1' }, 'path is "v1"; it must begin with "/" and have no backtick'],
  ])('refuses %s', (_, more, message) => {
    expect(() => route(more)).toThrow(new Error(`shop/servers.${message}`));
  });
});
