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
  /** The public name, as the limited Ingress has it. */
  readonly host: string;
  /** The Service's name and port, in the namespace of both. */
  readonly service: { readonly name: string; readonly port: number };
  /** The addresses, as Cloudflare reports them, that are not limited: those of the servers that call it. */
  readonly addresses: readonly string[];
  /** What the limited Ingress has, without the limit: Middlewares of the same namespace. @default none */
  readonly middlewares?: readonly string[];
  /** The path of the limited Ingress. @default `/` */
  readonly path?: string;
  /** Paths below it that it doesn't lead to: those that the host denies everybody. @default none */
  readonly exceptPaths?: readonly string[];
  /** @default the construct's id */
  readonly name?: string;
}

/**
 * A second way to a Service beside its Ingress, for requests from a few addresses: those of our own servers, which
 * would use up one client's allowance for all of their users. Traefik has no exemption from a limit (traefik #7592),
 * and a plain Ingress can't be chosen by who asks, so this is an IngressRoute. Its rule is that of the Ingress and
 * more, and Traefik prefers the longer one; the certificate is the Ingress's. (Traefik's own answer to nginx's
 * allowlists is such a second router, traefik #12918. Not tried here in a cluster.)
 *
 * It believes Cf-Connecting-Ip, which Cloudflare overwrites and which anybody could state who reaches the nodes
 * without Cloudflare: it is as good as the firewall. What it opens is a way past the limit, and no more.
 *
 * A host with several paths needs one of these for each: being longer, this rule also wins over a longer path's. What
 * such a path denies must be among `exceptPaths`, or this would be the way around.
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
    const message = 'is empty, so no client is exempt; name an address, or leave the exemption out';
    found.push({ path: ['addresses'], message });
  }
  addresses.forEach((address, index) => {
    if (addressBits(address) !== undefined) return;
    const message = `is "${address}"; it must be one IPv4 or IPv6 address, as Cloudflare writes it`;
    found.push({ path: ['addresses', index], message });
  });
  return found;
}
