import type { Chart } from 'cdk8s';
import { DenyAll } from '../../../lib/constructs/deny-all';
import { BasicAuth } from '../../../lib/constructs/traefik/basic-auth';
import { Compression } from '../../../lib/constructs/traefik/compression';
import { RateLimit, type RateLimitProps } from '../../../lib/constructs/traefik/rate-limit';
import { RequestSize } from '../../../lib/constructs/traefik/request-size';
import { SecurityHeaders } from '../../../lib/constructs/traefik/security-headers';
import { checkSchema } from '../../../lib/kubernetes/schema/kubernetes-schema';
import { at } from '../../support/at';
import { objectsOf, ofKind } from '../../support/chart';

const middleware = (build: (chart: Chart) => void) => ofKind(objectsOf(build), 'Middleware');
const limit = { average: 50, burst: 100 };

const all: [string, (chart: Chart, name?: { name: string }) => { readonly name: string }][] = [
  ['security-headers', (chart, name) => new SecurityHeaders(chart, 'one', name)],
  ['rate-limit', (chart, name) => new RateLimit(chart, 'one', { ...limit, ...name })],
  ['compression', (chart, name) => new Compression(chart, 'one', name)],
  ['request-size', (chart, name) => new RequestSize(chart, 'one', { maxBodyBytes: 1, ...name })],
  ['deny-all', (chart, name) => new DenyAll(chart, 'one', name)],
  ['basic-auth', (chart, name) => new BasicAuth(chart, 'one', { secret: 'admins', ...name })],
];

describe.each(all)('%s', (name, build) => {
  test('is called that', () => {
    expect(middleware(build).metadata).toEqual({ name, namespace: 'shop' });
  });

  test('is called otherwise on demand', () => {
    expect(middleware((chart) => build(chart, { name: 'other' })).metadata.name).toBe('other');
  });

  test('tells its name to who attaches it', () => {
    let built = '';
    middleware((chart) => {
      built = build(chart, { name: 'other' }).name;
    });
    expect(built).toBe('other');
  });

  test('complies with the schema', () => {
    expect(checkSchema(middleware(build))).toEqual([]);
  });

  test('refuses a name that Kubernetes would refuse', () => {
    expect(() => middleware((chart) => build(chart, { name: 'No_Name' }))).toThrow(
      'shop/one.name is "No_Name"',
    );
  });
});

describe('SecurityHeaders', () => {
  const headers = at(
    middleware((chart) => new SecurityHeaders(chart, 'headers')),
    'spec.headers',
  );

  test.each<[string, string, unknown]>([
    ['forbids framing', 'frameDeny', true],
    ['forbids guessing types', 'contentTypeNosniff', true],
    ['tells other sites the host alone', 'referrerPolicy', 'strict-origin-when-cross-origin'],
    [
      'keeps pages from camera, location and microphone',
      'permissionsPolicy',
      'camera=(), geolocation=(), microphone=()',
    ],
    ['leaves the content policy to the application', 'contentSecurityPolicy', undefined],
    ['leaves HSTS to the edge', 'stsSeconds', undefined],
  ])('%s', (_, header, expected) => {
    expect(at(headers, header)).toEqual(expected);
  });

  test('takes other policies', () => {
    const policies = { referrerPolicy: 'no-referrer', permissionsPolicy: 'camera=(self)' };
    const made = middleware((chart) => new SecurityHeaders(chart, 'headers', policies));
    expect(at(made, 'spec.headers')).toMatchObject(policies);
  });
});

describe('RateLimit', () => {
  const made = (more: Partial<RateLimitProps> = {}) =>
    middleware((chart) => new RateLimit(chart, 'limit', { ...limit, ...more }));

  test('lets through so many, and so many at once', () => {
    expect(at(made(), 'spec.rateLimit')).toMatchObject({ average: 50, burst: 100 });
  });

  test("leaves the period to Traefik's second", () => {
    expect(at(made(), 'spec.rateLimit')).not.toHaveProperty('period');
  });

  test('takes a longer period', () => {
    expect(at(made({ period: '1m' }), 'spec.rateLimit.period')).toBe('1m');
  });

  test('counts by the address that Cloudflare appended, IPv6 by its network', () => {
    expect(at(made(), 'spec.rateLimit.sourceCriterion')).toEqual({
      ipStrategy: { depth: 1, ipv6Subnet: 64 },
    });
  });

  test.each<[string, Partial<RateLimitProps>, string]>([
    [
      'a rate of 0',
      { average: 0 },
      'average is 0; Traefik treats 0 as no limit: remove the Middleware instead',
    ],
    ['a burst of 0', { burst: 0 }, 'burst is 0; Traefik treats 0 as no limit: remove the Middleware instead'],
    ['half a request', { average: 0.5 }, 'average is 0.5; it must be a whole number of at least 1'],
    ['a negative burst', { burst: -1 }, 'burst is -1; it must be a whole number of at least 1'],
    [
      'a period without unit',
      { period: '60' },
      'period is "60"; it must be a number with one unit, such as 10s or 1m',
    ],
    ['no period', { period: '0s' }, 'period is "0s"; it must be a number with one unit, such as 10s or 1m'],
  ])('refuses %s', (_, more, message) => {
    expect(() => made(more)).toThrow(new Error(`shop/limit.${message}`));
  });
});

describe('Compression', () => {
  test("is Traefik's, without options", () => {
    const made = middleware((chart) => new Compression(chart, 'compression'));
    expect(made['spec']).toEqual({ compress: {} });
  });
});

describe('RequestSize', () => {
  const made = (maxBodyBytes: number) =>
    middleware((chart) => new RequestSize(chart, 'size', { maxBodyBytes }));

  test('limits the body', () => {
    expect(made(10_485_760)['spec']).toEqual({ buffering: { maxRequestBodyBytes: 10_485_760 } });
  });

  test('refuses 0, which would limit nothing', () => {
    expect(() => made(0)).toThrow(
      'shop/size.maxBodyBytes is 0; Traefik treats 0 as no limit: remove the Middleware instead',
    );
  });
});

describe('BasicAuth', () => {
  test('names the Secret, and keeps the password from the service', () => {
    const made = middleware((chart) => new BasicAuth(chart, 'auth', { secret: 'admins' }));
    expect(made['spec']).toEqual({ basicAuth: { secret: 'admins', removeHeader: true } });
  });
});

describe('DenyAll', () => {
  test("lets no client through: its one address is no sender's", () => {
    expect(middleware((chart) => new DenyAll(chart, 'nobody'))['spec']).toEqual({
      ipAllowList: { sourceRange: ['255.255.255.255/32'], rejectStatusCode: 404 },
    });
  });
});
