import { namespaceOf } from '../../../kubernetes/kinds';
import { meansPodsOfOperator } from '../../../kubernetes/workloads/operator-pods';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const danglingService = rule({
  id: 'dangling-service',
  sentence: 'Every Service selects pods that serve.',
  why: 'One without pods refuses every connection.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=dangling-service',
  severity: 'high',
  fix: "Make its selector the label that the pods' template has.",
  parts: objectsOf('Service'),
  faults: ({ spec: { selector, type } = {} }, manifests, { object }) => {
    // The pods of kube-system are the cluster's own, and no document describes them.
    if (type === 'ExternalName' || selector === undefined || namespaceOf(object) === 'kube-system')
      return undefined;
    const namespace = namespaceOf(object);
    const found = manifests.pods.matching(namespace, { matchLabels: selector });
    return [
      !found.some(({ isServing }) => isServing) &&
        !meansPodsOfOperator({ matchLabels: selector }, namespace, manifests.all) && {
          path: 'spec.selector',
          must: 'match pods of the namespace',
        },
    ];
  },
});
