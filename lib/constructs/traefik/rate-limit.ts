import { Construct } from 'constructs';
import { Middleware, MiddlewareSpecRateLimitPeriod } from '../../../imports/traefik.io';
import { nameProblem } from '../parts/identity';
import { limitProblem } from '../parts/limit';
import { type PropProblem, refuse } from '../props-error';

export interface RateLimitProps {
  /** The number of requests that a client may make in each period. */
  readonly average: number;
  /**
   * The number of requests that a client may make at once after a pause: a page and all files that it loads.
   */
  readonly burst: number;
  /** The period of `average`, as a Go duration such as `1m`. @default one second */
  readonly period?: string;
  /** @default rate-limit */
  readonly name?: string;
}

/**
 * A limit on the requests of each client. Requests above the limit get the status 429. Each Traefik counts
 * separately: with three nodes, a client may make up to three times as many requests.
 *
 * The client is the last address of X-Forwarded-For: Cloudflare appends it, and Traefik trusts that header
 * only from `trustedIPs`. All clients that do not come through Cloudflare share one limit. IPv6 clients count
 * by their first 64 bits, the size of the network of one household or server. Cf-Connecting-Ip is not used:
 * Traefik could count only whole addresses by it, and would trust it from any client. Not verified: whether a
 * Cloudflare Worker can forge the last address.
 *
 * The Middleware has no exemption. A server that calls this host through Cloudflare counts as one client
 * together with all of its users, and they all get 429. `excludedIPs` does not help: Traefik then skips these
 * addresses when it looks for the client, finds none, and counts all of them as one client (traefik #8052).
 * Solutions, in order of preference: call the Service inside the cluster; add a RateLimitExemption for the
 * server's addresses; or remove the limit.
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
  const noTime = {
    path: ['period'],
    message: `is "${period}"; it must be a number with one unit, such as 10s or 1m`,
  };
  return [
    limitProblem('average', average),
    limitProblem('burst', burst),
    period !== undefined && !/^[1-9]\d*(ms|s|m|h)$/.test(period) ? noTime : undefined,
  ];
}
