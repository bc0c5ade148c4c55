import type { KubernetesObject } from '../../documents/kubernetes';
import { groupOf } from './groups';
import { kindOf } from './object-key';

/**
 * Custom kinds that a running controller reads: a change of such an object restarts no pod.
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

/** Whether the controller of an object only reads it, and creates no pods for it. */
export function makesNoPods(object: KubernetesObject): boolean {
  return podlessKinds[groupOf(object.apiVersion)]?.includes(kindOf(object)) === true;
}
