import { Construct } from 'constructs';
import { Middleware, MiddlewareSpecRateLimitPeriod } from '../../imports/traefik.io';
import { objectName } from '../documents/value-rule';
import { nameProblem } from './parts/identity';
import { type PropProblem, refuse, ruleProblem } from './props-error';

/*
 * Middlewares for the routes of their own namespace, to be applied once Traefik's CRDs are established: k3s installs
 * those on its own time. A route that names a Middleware which isn't there answers 404, so it goes first.
 */

export interface SecurityHeadersProps {
  /** @default security-headers */
  readonly name?: string;
  /** What a link tells other sites of where it was. @default strict-origin-when-cross-origin: the host alone */
  readonly referrerPolicy?: string;
  /** What pages may ask of the browser. @default neither camera, microphone nor location */
  readonly permissionsPolicy?: string;
}

/**
 * Response headers that hold for every page: no framing, no guessing of types, little for other sites to read.
 *
 * Two are left to others on purpose. Content-Security-Policy is the application's, which knows what its pages load:
 * where there are two, browsers enforce both, and the stricter one breaks its fonts and its analytics.
 * Strict-Transport-Security is Cloudflare's, at whose edge the browser's TLS ends.
 */
export class SecurityHeaders extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: SecurityHeadersProps = {}) {
    super(scope, id);
    this.name = props.name ?? 'security-headers';
    refuse(this, [nameProblem(this.name)]);
    new Middleware(this, 'middleware', {
      metadata: { name: this.name },
      spec: {
        headers: {
          frameDeny: true,
          contentTypeNosniff: true,
          referrerPolicy: props.referrerPolicy ?? 'strict-origin-when-cross-origin',
          permissionsPolicy: props.permissionsPolicy ?? 'camera=(), geolocation=(), microphone=()',
        },
      },
    });
  }
}

export interface RateLimitProps {
  /** How many requests a client may make in each period. */
  readonly average: number;
  /** How many at once, after a rest: a page and all that it loads. */
  readonly burst: number;
  /** The time that `average` is for, as Go writes it: `1m`. @default one second */
  readonly period?: string;
  /** @default rate-limit */
  readonly name?: string;
}

/**
 * A limit on each client's requests; what is beyond it gets 429. Each Traefik counts what it sees: over three nodes
 * a client may get up to three times as much.
 *
 * The client is the last address of X-Forwarded-For: Cloudflare appends it, and Traefik believes that header from
 * `trustedIPs` alone. Whoever comes another way shares one allowance with all others who do. IPv6 counts by its
 * first 64 bits, which is what one household or server is given; Cf-Connecting-Ip could be counted only whole, and
 * Traefik would believe it from anybody. Not verified: whether a Cloudflare Worker can forge the last address.
 *
 * Nobody is exempt. A server that calls another through Cloudflare is one client with all of its users, and locks
 * them all out; `excludedIPs` would not help, for Traefik then passes over these addresses in its search for the
 * client, finds none, and counts all of them as one (traefik #8052). In order of preference: call the Service
 * inside of the cluster; or add a RateLimitExemption for the server's addresses; or leave the limit out.
 *
 * @see https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/ratelimit/
 */
export class RateLimit extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: RateLimitProps) {
    super(scope, id);
    this.name = props.name ?? 'rate-limit';
    const { average, burst, period } = props;
    refuse(this, [nameProblem(this.name), ...rateProblems(props)]);
    new Middleware(this, 'middleware', {
      metadata: { name: this.name },
      spec: {
        rateLimit: {
          average,
          burst,
          ...(period !== undefined && { period: MiddlewareSpecRateLimitPeriod.fromString(period) }),
          sourceCriterion: { ipStrategy: { depth: 1, ipv6Subnet: 64 } },
        },
      },
    });
  }
}

export interface CompressionProps {
  /** @default compression */
  readonly name?: string;
}

/** Responses of 1 KiB or more are compressed on the way to the edge, in a way that the request accepts. */
export class Compression extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: CompressionProps = {}) {
    super(scope, id);
    this.name = props.name ?? 'compression';
    refuse(this, [nameProblem(this.name)]);
    new Middleware(this, 'middleware', { metadata: { name: this.name }, spec: { compress: {} } });
  }
}

export interface RequestSizeProps {
  /** The largest body that reaches the service; a larger one gets 413. Cloudflare's free plan ends at 100 MB. */
  readonly maxBodyBytes: number;
  /** @default request-size */
  readonly name?: string;
}

/**
 * A limit on the size of requests' bodies. Traefik then reads each request to its end before the service sees any
 * of it, and each response before the client does: streams and server-sent events arrive when they are over. What
 * exceeds 1 MiB waits in the pod's /tmp.
 */
export class RequestSize extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: RequestSizeProps) {
    super(scope, id);
    this.name = props.name ?? 'request-size';
    const { maxBodyBytes } = props;
    refuse(this, [nameProblem(this.name), numberProblem('maxBodyBytes', maxBodyBytes)]);
    new Middleware(this, 'middleware', {
      metadata: { name: this.name },
      spec: { buffering: { maxRequestBodyBytes: maxBodyBytes } },
    });
  }
}

export interface BasicAuthProps {
  /** A Secret of the same namespace; its key `users` has lines as `htpasswd` writes them. */
  readonly secret: string;
  /** @default basic-auth */
  readonly name?: string;
}

/**
 * A password before everything else. The service doesn't see it; nor can it use the Authorization header for tokens
 * of its own, for Traefik would take them for a wrong password.
 */
export class BasicAuth extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: BasicAuthProps) {
    super(scope, id);
    this.name = props.name ?? 'basic-auth';
    refuse(this, [nameProblem(this.name), ruleProblem(['secret'], props.secret, objectName)]);
    new Middleware(this, 'middleware', {
      metadata: { name: this.name },
      spec: { basicAuth: { secret: props.secret, removeHeader: true } },
    });
  }
}

function rateProblems({ average, burst, period }: RateLimitProps): (PropProblem | undefined)[] {
  const noTime = { path: ['period'], message: `is "${period}"; write a time of one unit, such as 10s or 1m` };
  return [
    numberProblem('average', average),
    numberProblem('burst', burst),
    period !== undefined && !/^[1-9]\d*(ms|s|m|h)$/.test(period) ? noTime : undefined,
  ];
}

/** Traefik takes 0 for no limit, which is not what whoever writes a limit means. */
function numberProblem(prop: string, value: number): PropProblem | undefined {
  if (Number.isSafeInteger(value) && value >= 1) return undefined;
  const wayOut =
    value === 0 ? 'Traefik takes that for no limit: leave the middleware out instead' : undefined;
  return { path: [prop], message: `is ${value}; ${wayOut ?? 'it must be a whole number of at least 1'}` };
}
