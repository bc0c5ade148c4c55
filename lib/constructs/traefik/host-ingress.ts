import { Chart } from 'cdk8s';
import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { Construct } from 'constructs';
import { hostName, objectName, port, urlPath } from '../../kubernetes/value-rule';
import { madeFrom } from '../parts/provenance';
import { type PropProblem, refuse, ruleProblem } from '../props-error';

export interface HostIngressProps {
  /** The public names that lead to the service. Each needs a DNS record and a certificate that covers it. */
  readonly hosts: readonly string[];
  /** The Service's name and port, in the Ingress's own namespace. */
  readonly service: { readonly name: string; readonly port: number };
  /** The Secret of type `kubernetes.io/tls` in the same namespace. With strict SNI there is no other certificate. */
  readonly tlsSecret: string;
  /** @default the construct's id */
  readonly name?: string;
  /**
   * Middlewares of the same namespace, in the order in which a request passes them. They go first, once Traefik's CRDs
   * are established, which k3s installs on its own time: a route that names one that isn't there answers 404.
   *
   * @default none
   */
  readonly middlewares?: readonly string[];
  /** A path with all below it. @default `/`: everything */
  readonly path?: string;
}

/**
 * A plain Ingress for Traefik: hosts that lead to one Service, over TLS alone. Where two Ingresses have one host,
 * Traefik takes the one with the longer path.
 */
export class HostIngress extends Construct {
  constructor(scope: Construct, id: string, props: HostIngressProps) {
    super(scope, id);
    refuse(this, props, [ruleProblem(['name'], props.name ?? id, objectName), ...problems(props)]);
    const { hosts, service, tlsSecret, path = '/' } = props;
    const backend = { service: { name: service.name, port: { number: service.port } } };
    new k8s.KubeIngress(this, 'ingress', {
      metadata: {
        name: props.name ?? id,
        annotations: annotations(Chart.of(this).namespace ?? 'default', props.middlewares ?? []),
      },
      spec: {
        ingressClassName: 'traefik',
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
function annotations(namespace: string, middlewares: readonly string[]): Record<string, string> {
  const names = middlewares.map((name) => `${namespace}-${name}@kubernetescrd`).join(',');
  return {
    'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure',
    ...(names !== '' && { 'traefik.ingress.kubernetes.io/router.middlewares': names }),
  };
}

function problems({
  hosts,
  service,
  tlsSecret,
  middlewares = [],
  path,
}: HostIngressProps): (PropProblem | undefined)[] {
  const noHost = { path: ['hosts'], message: 'is empty; name at least one host' };
  return [
    hosts.length === 0 ? noHost : undefined,
    ...hosts.map((host, index) =>
      host.includes('*') ? wildcard(host, index) : ruleProblem(['hosts', index], host, hostName),
    ),
    ruleProblem(['service', 'name'], service.name, objectName),
    ruleProblem(['service', 'port'], service.port, port),
    ruleProblem(['tlsSecret'], tlsSecret, objectName),
    ...middlewares.map((name, index) => ruleProblem(['middlewares', index], name, objectName)),
    ruleProblem(['path'], path, urlPath),
  ];
}

function wildcard(host: string, index: number): PropProblem {
  const message = `is "${host}", which takes every name that no other Ingress has; name the hosts one by one`;
  return { path: ['hosts', index], message };
}
