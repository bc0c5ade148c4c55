import type { Deployment } from '../schema/schema';
import { at, type ConfigFinding, type DeclaredNames, unknown } from './finding';

/**
 * An Ingress of another controller needs hosts and a certificate. Settings that only Traefik implements are
 * refused.
 */
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
      ...(hosts.length === 0
        ? [at([...place, 'ingress'], 'has no effect without hosts; add hosts, or remove ingress')]
        : []),
      ...(basicAuth === undefined
        ? []
        : [
            at(
              [...place, 'basicAuth'],
              `applies only to the Traefik that edge configures, but this Ingress has the class ${ingress.class}; set the annotations of that controller under ingress.annotations instead`,
            ),
          ]),
      ...(metrics?.port === port
        ? [
            at(
              [...place, 'metrics', 'port'],
              `is ${port}, the port that the Ingress makes public, so the metrics would be public too; serve the metrics on another port`,
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
              `is ${secret}, which has no ${missing.join(' and no ')}; set the name of a Secret of type kubernetes.io/tls`,
            ),
          ]
        : []),
    ];
  });
}
