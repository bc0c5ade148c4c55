import { podsWithAccess } from '../../../kubernetes/granted-access';
import { namespaceOf } from '../../../kubernetes/kinds';
import { selectsPodsOfController } from '../../../kubernetes/workloads/operator-pods';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const danglingService = rule({
  id: 'dangling-service',
  sentence: 'Every Service selects pods of a workload that runs permanently.',
  why: 'A Service without pods refuses every connection.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=dangling-service',
  severity: 'high',
  fix: 'Use labels of the pod template as the selector.',
  parts: objectsOf('Service'),
  faults: ({ spec: { selector, type } = {} }, manifests, { object }) => {
    // The manifests do not contain the pods that k3s runs in kube-system.
    if (type === 'ExternalName' || selector === undefined || namespaceOf(object) === 'kube-system')
      return undefined;
    const namespace = namespaceOf(object);
    const found = manifests.pods.matching(namespace, { matchLabels: selector });
    // A pod with access to pods may be a controller, which creates or labels the pods of the Service at run time.
    const verbs = ['create', 'patch', 'update'];
    if (found.length === 0 && podsWithAccess(manifests, { resource: 'pods', verbs, namespace }).length > 0)
      return [];
    return [
      !found.some(({ isServing }) => isServing) &&
        !selectsPodsOfController({ matchLabels: selector }, namespace, manifests.all) && {
          path: 'spec.selector',
          must: 'match pods of the namespace',
        },
    ];
  },
});
