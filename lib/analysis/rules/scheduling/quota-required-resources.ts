import { namespaceOf } from '../../../kubernetes/kinds';
import { describeObject } from '../../../kubernetes/objects/object-key';
import { keyStep } from '../../../kubernetes/path';
import { isInScope, requiredBy } from '../../../kubernetes/scheduling/quota';
import { containerAmount, containerRanges } from '../../../kubernetes/scheduling/requests';
import { containers } from '../parts';
import { rule } from '../rule';

export const quotaRequiredResources = rule({
  id: 'quota-required-resources',
  sentence:
    'If a ResourceQuota limits CPU or memory, every container of the namespace sets that resource, or a LimitRange has a default for it.',
  why: 'The API server refuses the pods, so the workload exists without pods.',
  source: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/#compute-resource-quota',
  severity: 'critical',
  fix: 'Set the request or the limit, or add a LimitRange with a default.',
  rare: true,
  parts: containers,
  faults: ({ container, pod }, manifests) => {
    const quotas = manifests
      .of('ResourceQuota')
      .filter(
        ({ object, fields }) => namespaceOf(object) === pod.namespace && isInScope(pod, fields.spec ?? {}),
      );
    if (quotas.length === 0) return undefined;
    const ranges = containerRanges(manifests, pod.namespace);
    const found = new Map<string, string>();
    for (const { object, fields } of quotas) {
      for (const { side, resource } of requiredBy(fields.spec?.hard ?? {})) {
        const ofPod = pod.spec.resources?.[side]?.[resource];
        const isStated =
          ofPod !== undefined || containerAmount(container, resource, side, ranges) !== undefined;
        if (!isStated) found.set(`resources.${side}${keyStep(resource)}`, describeObject(object));
      }
    }
    return [...found].map(([path, quota]) => ({
      path,
      must: `be set, because ${quota} limits this resource`,
    }));
  },
});
