import { Chart } from 'cdk8s';
import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { Construct } from 'constructs';
import { hostName, objectName, port, urlPath } from '../../kubernetes/value-rule';
import { madeFrom } from '../parts/provenance';
import { type PropProblem, refuse, ruleProblem } from '../props-error';

const traefikClass = 'traefik';

export interface HostIngressProps {
  /** The public host names of the service. Each needs a DNS record and a certificate that covers it. */
  readonly hosts: readonly string[];
  /** The name and port of the Service, which must be in the namespace of the Ingress. */
  readonly service: { readonly name: string; readonly port: number };
  /**
   * The name of a Secret of type `kubernetes.io/tls` in the same namespace. The Secret is required, because
   * with strict SNI, Traefik has no default certificate.
   */
  readonly tlsSecret: string;
  /** @default the construct's id */
  readonly name?: string;
  /** The IngressClass, such as `nginx`. @default `traefik`, only on its TLS entry point */
  readonly ingressClass?: string;
  /** Annotations, such as `cert-manager.io/cluster-issuer` for a certificate in `tlsSecret`. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * The names of Traefik Middlewares in the same namespace, in the order in which a request passes them.
   * Apply the Middlewares before the Ingress, and after k3s has installed Traefik's CRDs: a route with a
   * missing Middleware responds 404.
   *
   * @default none
   */
  readonly middlewares?: readonly string[];
  /** The path prefix. @default `/`: all paths */
  readonly path?: string;
}

/**
 * An Ingress that routes hosts to one Service, over TLS. Traefik, the default class, serves only TLS. With
 * another controller, its own settings decide whether plain HTTP is redirected. If two Ingresses have the
 * same host, the longer path has precedence.
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

/**
 * Traefik's name for a Middleware is `<namespace>-<name>@kubernetescrd`. If the Middleware doesn't exist,
 * Traefik ignores the route.
 */
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
  const noHost = { path: ['hosts'], message: 'is empty; add at least one host' };
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
          message: `applies only to Traefik, but ingressClass is "${ingressClass}"; set the annotations of its controller instead`,
        }
      : undefined,
    ...middlewares.map((name, index) => ruleProblem(['middlewares', index], name, objectName)),
    ruleProblem(['path'], path, urlPath),
  ];
}

function wildcard(host: string, index: number): PropProblem {
  const message = `is "${host}", a wildcard that matches every host without its own Ingress; list the hosts instead`;
  return { path: ['hosts', index], message };
}
