import type { Deployment } from '../schema/schema';
import { at, type ConfigFinding, type DeclaredNames, unknown } from './finding';

/** An Ingress of another controller has hosts and a certificate, and nothing that the Traefik of `edge` would do. */
export function otherIngressFindings(
  { workloads, secrets }: Deployment,
  declared: DeclaredNames,
): ConfigFinding[] {
  return Object.entries(workloads).flatMap(([name, workload]) => {
    if (workload.kind !== 'WebService' || workload.ingress === undefined) return [];
    const place = ['workloads', name];
    const { ingress, hosts = [], basicAuth, metrics, port } = workload;
    const { secret } = ingress.tls;
    const missing =
      secret === undefined
        ? []
        : ['tls.crt', 'tls.key'].filter((key) => !Object.hasOwn(secrets[secret]?.keys ?? {}, key));
    return [
      ...(hosts.length === 0 ? [at([...place, 'ingress'], 'has no host; state hosts, or remove it')] : []),
      ...(basicAuth === undefined
        ? []
        : [
            at(
              [...place, 'basicAuth'],
              `is asked by the Traefik of edge, and the Ingress has the class ${ingress.class}; state ingress.annotations of its controller instead`,
            ),
          ]),
      ...(metrics?.port === port
        ? [
            at(
              [...place, 'metrics', 'port'],
              `is ${port}, which the Ingress opens to the public with the metrics; serve them on another port`,
            ),
          ]
        : []),
      ...(secret === undefined || declared.secrets.includes(secret)
        ? []
        : [at([...place, 'ingress', 'tls', 'secret'], unknown('the Secret', secret, declared.secrets))]),
      ...(secret !== undefined && secrets[secret] !== undefined && missing.length > 0
        ? [
            at(
              [...place, 'ingress', 'tls', 'secret'],
              `is ${secret}, which has no ${missing.join(' and no ')}; name a Secret of type kubernetes.io/tls`,
            ),
          ]
        : []),
    ];
  });
}
