import { Chart } from 'cdk8s';
import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { Construct } from 'constructs';
import { hostName, objectName, port, urlPath } from '../../kubernetes/value-rule';
import { madeFrom } from '../parts/provenance';
import { type PropProblem, refuse, ruleProblem } from '../props-error';

const traefikClass = 'traefik';

export interface HostIngressProps {
  /** The public names that lead to the service. Each needs a DNS record and a certificate that covers it. */
  readonly hosts: readonly string[];
  /** The Service's name and port, in the Ingress's own namespace. */
  readonly service: { readonly name: string; readonly port: number };
  /** The Secret of type `kubernetes.io/tls` in the same namespace. With strict SNI there is no other certificate. */
  readonly tlsSecret: string;
  /** @default the construct's id */
  readonly name?: string;
  /** The IngressClass, such as `nginx`. @default traefik, with its entry point for TLS alone */
  readonly ingressClass?: string;
  /** Annotations, such as `cert-manager.io/cluster-issuer` for a certificate in `tlsSecret`. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * Traefik's Middlewares of the same namespace, in the order in which a request passes them. They go first, once Traefik's CRDs
   * are established, which k3s installs on its own time: a route that names one that isn't there answers 404.
   *
   * @default none
   */
  readonly middlewares?: readonly string[];
  /** A path with all below it. @default `/`: everything */
  readonly path?: string;
}

/**
 * A plain Ingress: hosts that lead to one Service, over TLS. Traefik, the default class, answers over TLS alone; whether
 * another controller redirects plain HTTP is its own setting. Where two Ingresses have one host, the longer path applies.
 */
export class HostIngress extends Construct {
  constructor(scope: Construct, id: string, props: HostIngressProps) {
    super(scope, id);
    refuse(this, props, [ruleProblem(['name'], props.name ?? id, objectName), ...problems(props)]);
    const { hosts, service, tlsSecret, path = '/', ingressClass = traefikClass } = props;
    const backend = { service: { name: service.name, port: { number: service.port } } };
    new k8s.KubeIngress(this, 'ingress', {
      metadata: {
        name: props.name ?? id,
        annotations: annotations(Chart.of(this).namespace ?? 'default', props),
      },
      spec: {
        ingressClassName: ingressClass,
        tls: [
          madeFrom({ hosts: [...hosts], secretName: tlsSecret }, props, {
            hosts: ['hosts'],
            secretName: ['tlsSecret'],
          }),
        ],
        rules: hosts.map((host, index) =>
          madeFrom({ host, http: { paths: [{ path, pathType: 'Prefix', backend }] } }, props, [
            'hosts',
            index,
          ]),
        ),
      },
    });
  }
}

/** Traefik knows a Middleware as `<namespace>-<name>@kubernetescrd`; one that doesn't exist takes the route away. */
function annotations(
  namespace: string,
  { ingressClass = traefikClass, annotations: own, middlewares = [] }: HostIngressProps,
): Record<string, string> {
  if (ingressClass !== traefikClass) return { ...own };
  const names = middlewares.map((name) => `${namespace}-${name}@kubernetescrd`).join(',');
  return {
    'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure',
    ...(names !== '' && { 'traefik.ingress.kubernetes.io/router.middlewares': names }),
    ...own,
  };
}

function problems({
  hosts,
  service,
  tlsSecret,
  ingressClass = traefikClass,
  middlewares = [],
  path,
}: HostIngressProps): (PropProblem | undefined)[] {
  const isForeign = ingressClass !== traefikClass && middlewares.length > 0;
  const noHost = { path: ['hosts'], message: 'is empty; name at least one host' };
  return [
    hosts.length === 0 ? noHost : undefined,
    ...hosts.map((host, index) =>
      host.includes('*') ? wildcard(host, index) : ruleProblem(['hosts', index], host, hostName),
    ),
    ruleProblem(['service', 'name'], service.name, objectName),
    ruleProblem(['service', 'port'], service.port, port),
    ruleProblem(['tlsSecret'], tlsSecret, objectName),
    ruleProblem(['ingressClass'], ingressClass, objectName),
    isForeign
      ? {
          path: ['middlewares'],
          message: `is for Traefik, and ingressClass is "${ingressClass}"; state what its controller does as annotations`,
        }
      : undefined,
    ...middlewares.map((name, index) => ruleProblem(['middlewares', index], name, objectName)),
    ruleProblem(['path'], path, urlPath),
  ];
}

function wildcard(host: string, index: number): PropProblem {
  const message = `is "${host}", which takes every name that no other Ingress has; name the hosts one by one`;
  return { path: ['hosts', index], message };
}
