import type { KubernetesObject } from '../../documents/kubernetes';
import { groupOf } from './groups';
import { kindOf } from './object-key';

/**
 * Kinds of other controllers that these read while they run: a change of such an object starts no pod again.
 *
 * @see https://prometheus-operator.dev/docs/getting-started/design/
 * @see https://cert-manager.io/docs/reference/api-docs/
 */
const podlessKinds: Readonly<Record<string, readonly string[]>> = {
  'monitoring.coreos.com': [
    'AlertmanagerConfig',
    'PodMonitor',
    'Probe',
    'PrometheusRule',
    'ScrapeConfig',
    'ServiceMonitor',
  ],
  'cert-manager.io': ['Certificate', 'CertificateRequest', 'ClusterIssuer', 'Issuer'],
};

/** Whether an object is only read by its controller, and makes no pods. */
export function makesNoPods(object: KubernetesObject): boolean {
  return podlessKinds[groupOf(object.apiVersion)]?.includes(kindOf(object)) === true;
}
