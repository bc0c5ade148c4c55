import { type App, Chart } from 'cdk8s';
import { DenyAll } from '../../constructs/deny-all';
import { BasicAuth } from '../../constructs/traefik/basic-auth';
import { Compression } from '../../constructs/traefik/compression';
import { HostIngress } from '../../constructs/traefik/host-ingress';
import { RateLimit } from '../../constructs/traefik/rate-limit';
import { RateLimitExemption } from '../../constructs/traefik/rate-limit-exemption';
import { RequestSize } from '../../constructs/traefik/request-size';
import { SecurityHeaders } from '../../constructs/traefik/security-headers';
import { placeholder } from '../../documents/unresolved';
import type { WebServiceConfig } from '../config/schema/applications';
import type { EdgeConfig } from '../config/schema/schema';
import { isUnresolved } from '../config/schema/unresolved';
import { targetsOf } from '../model/flows';
import { type Model, nodeAddresses } from '../model/model';
import { chartProps } from './chart-props';
import { addUnresolved } from './notes';
import { fromWorkload, setOrigin } from './origin';
import { isMetricsPath } from './unresolved-files';

/**
 * The middlewares of every route, in order. The headers come first, so that refused requests also get them.
 */
interface Middlewares {
  readonly headers: string;
  readonly limit: string;
  readonly last: readonly string[];
}

/** An Ingress for each workload with hosts, and the Traefik middlewares. */
export class IngressChart extends Chart {
  private readonly calledFromInside: ReadonlySet<string>;
  private readonly nodeAddresses: readonly string[];

  constructor(app: App, model: Model, edge: EdgeConfig) {
    super(app, '1-ingress', chartProps(model));
    setOrigin(this, ['edge']);
    this.calledFromInside = hostsCalledFromInside(model);
    this.nodeAddresses = nodeAddresses(model);
    const headers = new SecurityHeaders(this, 'middleware-security-headers').name;
    const limit = new RateLimit(this, 'middleware-rate-limit', edge.rateLimit).name;
    const last = [
      new Compression(this, 'middleware-compression').name,
      ...(edge.maxBodyBytes === undefined
        ? []
        : [new RequestSize(this, 'middleware-request-size', { maxBodyBytes: edge.maxBodyBytes }).name]),
    ];
    const services = model.workloads.flatMap(([name, workload]) =>
      workload.kind === 'WebService' && workload.hosts !== undefined && workload.ingress === undefined
        ? [{ name, workload }]
        : [],
    );
    const privateMetrics = services.flatMap(({ workload }) => privatePaths(workload));
    const denyAll = privateMetrics.length > 0 ? new DenyAll(this, 'middleware-deny-all').name : undefined;
    for (const value of model.unresolved) {
      if (privateMetrics.includes(`/${placeholder}`) && isMetricsPath(value.path)) addUnresolved(this, value);
    }
    for (const { name, workload } of services) {
      this.addRoutes(edge, name, workload, { headers, limit, last });
      if (denyAll !== undefined) this.addDenials(edge, name, workload, [headers, denyAll]);
    }
  }

  private addRoutes(
    { tlsSecret }: EdgeConfig,
    name: string,
    workload: WebServiceConfig,
    { headers, limit, last }: Middlewares,
  ): void {
    const { hosts = [], basicAuth: secret } = workload;
    const service = { name, port: servicePortOf(workload) };
    const authentication =
      secret === undefined
        ? []
        : [
            new BasicAuth(
              this,
              `password-for-${name}`,
              fromWorkload(workload, { name: `${name}-auth`, secret }, { secret: ['basicAuth'] }),
            ).name,
          ];
    const route = {
      name,
      hosts,
      service,
      tlsSecret,
      middlewares: [headers, limit, ...authentication, ...last],
    };
    new HostIngress(
      this,
      `route-${name}`,
      fromWorkload(workload, route, {
        service: [workload.servicePort === undefined ? 'port' : 'servicePort'],
      }),
    );
    for (const host of hosts.filter((candidate) => this.calledFromInside.has(candidate))) {
      const exemption = `from-nodes-${host.replaceAll('.', '-')}`;
      const route = {
        name: exemption,
        host,
        service,
        addresses: this.nodeAddresses,
        exceptPaths: privatePaths(workload),
        middlewares: [headers, ...authentication, ...last],
      };
      new RateLimitExemption(this, `exemption-${host}`, fromWorkload(workload, route, { host: ['hosts'] }));
    }
  }

  /**
   * Adds an Ingress that denies requests for a private path. Traefik prefers the route with the longer path.
   */
  private addDenials(
    { tlsSecret }: EdgeConfig,
    name: string,
    workload: WebServiceConfig,
    middlewares: readonly string[],
  ): void {
    const { hosts = [] } = workload;
    for (const path of privatePaths(workload)) {
      const service = { name, port: servicePortOf(workload) };
      const route = { name: `${name}-denied`, hosts, path, service, tlsSecret, middlewares };
      new HostIngress(this, `denial-${name}`, fromWorkload(workload, route, { path: ['metrics', 'path'] }));
    }
  }
}

function servicePortOf({ port, servicePort }: WebServiceConfig): number {
  return servicePort ?? port;
}

/** The paths on a public port that are not public: the metrics, if they have no port of their own. */
function privatePaths({ metrics, port }: WebServiceConfig): string[] {
  if (metrics === undefined || metrics.port !== port) return [];
  return [isUnresolved(metrics.path) ? `/${placeholder}` : metrics.path];
}

/**
 * The public hosts that our own pods call, through Cloudflare. These requests come from the nodes' addresses,
 * on behalf of all users, so they must not be rate-limited.
 */
function hostsCalledFromInside(model: Model): ReadonlySet<string> {
  const { external, workloads } = model;
  const targets = workloads.flatMap(([, workload]) => targetsOf(model, workload));
  const names = new Set(targets.filter(({ kind }) => kind === 'external').map(({ name }) => name));
  const hosts = [...names].map((name) => external[name]?.host);
  return new Set(hosts.filter((host) => typeof host === 'string'));
}
