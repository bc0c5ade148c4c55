import { Construct } from 'constructs';
import {
  IngressRoute,
  IngressRouteSpecRoutesKind,
  IngressRouteSpecRoutesServicesPort,
} from '../../../imports/traefik.io';
import { addressBits } from '../../documents/cidr';
import { hostName } from '../../kubernetes/value-rule';
import { nameProblem } from '../parts/identity';
import { type PropProblem, refuse, ruleProblem } from '../props-error';

export interface RateLimitExemptionProps {
  /** The public host name of the rate-limited Ingress. */
  readonly host: string;
  /** The name and port of the Service, in the namespace of the Ingress and of this route. */
  readonly service: { readonly name: string; readonly port: number };
  /**
   * The addresses that have no limit, as Cloudflare reports them: those of the servers that call this host.
   */
  readonly addresses: readonly string[];
  /**
   * The Middlewares of the rate-limited Ingress, in the same namespace, without the rate limit. @default none
   */
  readonly middlewares?: readonly string[];
  /** The path of the rate-limited Ingress. @default `/` */
  readonly path?: string;
  /** Paths below `path` without an exemption: the paths that are denied for the host. @default none */
  readonly exceptPaths?: readonly string[];
  /** @default the construct's id */
  readonly name?: string;
}

/**
 * A route to a Service without the rate limit of its Ingress, for the addresses of our own servers. With the
 * limit, such a server counts as one client together with all of its users. Traefik has no exemption from a
 * limit (traefik #7592), and an Ingress can't match client addresses, so this is an IngressRoute. Its rule is
 * longer than the rule of the Ingress, so Traefik prefers it. The route uses the certificate of the Ingress.
 * (Traefik #12918 proposes such a second router as the replacement for nginx's allowlists. This is not tested
 * in a cluster.)
 *
 * The route trusts the header Cf-Connecting-Ip, which Cloudflare overwrites. A client that reaches the nodes
 * without Cloudflare can forge the header, so the exemption depends on the firewall. A forged header only
 * avoids the limit.
 *
 * A host with several paths needs one exemption for each path, because this rule also has precedence over an
 * Ingress with a longer path. List denied paths in `exceptPaths`, because otherwise the exemption allows
 * them.
 */
export class RateLimitExemption extends Construct {
  constructor(scope: Construct, id: string, props: RateLimitExemptionProps) {
    super(scope, id);
    const name = props.name ?? id;
    refuse(this, props, [nameProblem(name), ...problems(props)]);
    new IngressRoute(this, 'route', {
      metadata: { name },
      spec: {
        entryPoints: ['websecure'],
        routes: [
          {
            kind: IngressRouteSpecRoutesKind.RULE,
            match: rule(props),
            middlewares: (props.middlewares ?? []).map((middleware) => ({ name: middleware })),
            services: [
              {
                name: props.service.name,
                port: IngressRouteSpecRoutesServicesPort.fromNumber(props.service.port),
              },
            ],
          },
        ],
        tls: {},
      },
    });
  }
}

function rule({ host, path = '/', addresses, exceptPaths = [] }: RateLimitExemptionProps): string {
  const without = exceptPaths.map((each) => ` && !PathPrefix(\`${each}\`)`).join('');
  const from = addresses.map((address) => `Header(\`Cf-Connecting-Ip\`, \`${address}\`)`).join(' || ');
  return `Host(\`${host}\`) && PathPrefix(\`${path}\`)${without} && (${from})`;
}

function problems({ host, path = '/', addresses, exceptPaths = [] }: RateLimitExemptionProps): PropProblem[] {
  const found: PropProblem[] = [];
  const noHost = ruleProblem(['host'], host, hostName);
  if (noHost !== undefined) found.push(noHost);
  const paths = [
    { place: ['path'], value: path },
    ...exceptPaths.map((value, index) => ({ place: ['exceptPaths', index], value })),
  ];
  for (const { place, value } of paths) {
    if (/^\/[^`]*$/.test(value)) continue;
    found.push({ path: place, message: `is "${value}"; it must begin with "/" and have no backtick` });
  }
  if (addresses.length === 0) {
    const message = 'is empty, so no client is exempt; add an address, or remove the exemption';
    found.push({ path: ['addresses'], message });
  }
  addresses.forEach((address, index) => {
    if (addressBits(address) !== undefined) return;
    const message = `is "${address}"; it must be one IPv4 or IPv6 address, as Cloudflare writes it`;
    found.push({ path: ['addresses', index], message });
  });
  return found;
}
