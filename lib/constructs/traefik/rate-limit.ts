import { Construct } from 'constructs';
import { Middleware, MiddlewareSpecRateLimitPeriod } from '../../../imports/traefik.io';
import { nameProblem } from '../parts/identity';
import { limitProblem } from '../parts/limit';
import { type PropProblem, refuse } from '../props-error';

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
    refuse(this, props, [nameProblem(this.name), ...rateProblems(props)]);
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

function rateProblems({ average, burst, period }: RateLimitProps): (PropProblem | undefined)[] {
  const noTime = { path: ['period'], message: `is "${period}"; write a time of one unit, such as 10s or 1m` };
  return [
    limitProblem('average', average),
    limitProblem('burst', burst),
    period !== undefined && !/^[1-9]\d*(ms|s|m|h)$/.test(period) ? noTime : undefined,
  ];
}
