import { type App, Chart } from 'cdk8s';
import type { WebService } from '../config/workloads';
import { HostIngress } from '../constructs/host-ingress';
import { BasicAuth, Compression, RateLimit, RequestSize, SecurityHeaders } from '../constructs/middlewares';
import { RateLimitExemption } from '../constructs/rate-limit-exemption';
import { connectionsOf } from '../model/flows';
import type { Model } from '../model/model';
import { chartProps } from './chart-props';

type Edge = NonNullable<Model['edge']>;

/** The names of what every route passes, in that order: a refusal carries the headers, too. */
interface Middlewares {
  readonly headers: string;
  readonly limit: string;
  readonly last: readonly string[];
}

/** How requests find their workload: an Ingress for each that has hosts, and the middlewares they pass. */
export class IngressChart extends Chart {
  private readonly calledFromInside: ReadonlySet<string>;

  constructor(app: App, model: Model, edge: Edge) {
    super(app, '1-ingress', chartProps(model));
    const headers = new SecurityHeaders(this, 'security-headers').name;
    this.calledFromInside = hostsCalledFromInside(model);
    const limit = new RateLimit(this, 'rate-limit', edge.rateLimit).name;
    const last = [
      new Compression(this, 'compression').name,
      ...(edge.maxBodyBytes === undefined
        ? []
        : [new RequestSize(this, 'request-size', { maxBodyBytes: edge.maxBodyBytes }).name]),
    ];
    for (const [name, workload] of model.workloads) {
      if (workload.kind === 'WebService')
        this.addRoutes(model, edge, name, workload, { headers, limit, last });
    }
  }

  private addRoutes(
    model: Model,
    { tlsSecret }: Edge,
    name: string,
    { hosts = [], port, basicAuth }: WebService,
    { headers, limit, last }: Middlewares,
  ): void {
    if (hosts.length === 0) return;
    const service = { name, port };
    const secret = basicAuth;
    const authentication =
      secret === undefined
        ? []
        : [new BasicAuth(this, `${name}-auth`, { name: `${name}-auth`, secret }).name];
    const unlimited = [headers, ...authentication, ...last];
    new HostIngress(this, name, {
      hosts,
      service,
      tlsSecret,
      middlewares: [headers, limit, ...authentication, ...last],
    });
    for (const host of hosts.filter((candidate) => this.calledFromInside.has(candidate))) {
      const addresses = Object.values(model.nodes).map(({ address }) => address);
      new RateLimitExemption(this, `from-nodes-${host.replaceAll('.', '-')}`, {
        host,
        service,
        addresses,
        middlewares: unlimited,
      });
    }
  }
}

/** The hosts that pods of ours call through Cloudflare: all their users then come from the nodes' addresses. */
function hostsCalledFromInside({ external, workloads }: Model): ReadonlySet<string> {
  const targets = new Set(workloads.flatMap(([, workload]) => connectionsOf(workload)));
  return new Set([...targets].flatMap((target) => external[target]?.host ?? []));
}
