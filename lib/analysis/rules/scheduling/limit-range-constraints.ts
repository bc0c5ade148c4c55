import { namespaceOf, podKinds } from '../../../kubernetes/kinds';
import {
  findClaimFaults,
  findClaimTemplateFaults,
  findDefaultLimitFaults,
  findLimitRangeFaults,
} from '../../../kubernetes/start/limit-ranges';
import type { StartObstacle } from '../../../kubernetes/start/start-obstacle';
import type { Parts } from '../parts';
import { rule } from '../rule';

/** Pods and claims of namespaces with a LimitRange, each with its violations. */
const limited: Parts<readonly StartObstacle[]> = {
  kinds: [...podKinds, 'PersistentVolumeClaim'],
  of: (manifests) => {
    const namespaces = new Set(manifests.of('LimitRange').map(({ object }) => namespaceOf(object)));
    const pods = manifests.pods.all.map((pod) => ({
      object: pod.object,
      value:
        pod.count.most === 0
          ? []
          : [
              ...findLimitRangeFaults(pod, manifests),
              ...findDefaultLimitFaults(pod, manifests),
              ...findClaimTemplateFaults(pod, manifests),
            ],
    }));
    const claims = manifests.of('PersistentVolumeClaim').map(({ object, fields: { spec } }) => ({
      object,
      value: findClaimFaults({ namespace: namespaceOf(object), spec, path: 'spec' }, manifests),
    }));
    return [...pods, ...claims]
      .filter(({ object }) => namespaces.has(namespaceOf(object)))
      .map((part) => ({ ...part, path: '' }));
  },
};

export const limitRangeConstraints = rule({
  id: 'limit-range-constraints',
  sentence:
    'Every container, pod and claim satisfies the LimitRange of its namespace, after the defaults are applied.',
  why: 'The API server refuses the pods and claims, so the workload exists without pods.',
  source: 'https://kubernetes.io/docs/concepts/policy/limit-range/',
  severity: 'critical',
  fix: 'Set a request and a limit within the bounds, or change the LimitRange.',
  rare: true,
  parts: limited,
  faults: (obstacles) =>
    obstacles.map(({ path, reason, wayOut }) => ({ path, message: `${reason}. ${wayOut}` })),
});
