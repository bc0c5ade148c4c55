import type { KubernetesObject } from '../../documents/kubernetes';
import { groupOf } from './groups';
import { kindOf } from './object-key';

/**
 * Custom kinds whose objects a running controller reads: if such an object changes, no pod restarts.
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

/** Whether the controller of a custom object creates no pods for the object. */
export function makesNoPods(object: KubernetesObject): boolean {
  return podlessKinds[groupOf(object.apiVersion)]?.includes(kindOf(object)) === true;
}
