import type { KubernetesObject } from '../../documents/kubernetes';
import { namespaceOf } from '../kinds';
import type { Manifests } from '../manifests';
import type { Pod } from '../workloads/pods';

/** A Service port whose targetPort has another number. */
export interface ServicePort {
  readonly object: KubernetesObject;
  /** Number or name of the target port. */
  readonly podPort: number | string;
}

/** Finds a Service that selects some of the pods and maps this port to another one. */
export function servicePortOf(
  pods: readonly Pod[],
  number: number,
  protocol: string,
  manifests: Manifests,
): ServicePort | undefined {
  for (const { object, fields } of manifests.of('Service')) {
    const { selector, ports = [] } = fields.spec ?? {};
    if (selector === undefined) continue;
    const behind = manifests.pods.matching(namespaceOf(object), { matchLabels: selector });
    if (!behind.some((pod) => pods.includes(pod))) continue;
    const port = ports.find((each) => each.port === number && (each.protocol ?? 'TCP') === protocol);
    const podPort = port?.targetPort ?? number;
    if (port !== undefined && podPort !== number) return { object, podPort };
  }
  return undefined;
}
