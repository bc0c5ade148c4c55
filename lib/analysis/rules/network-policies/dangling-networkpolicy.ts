import { namespaceOf } from '../../../kubernetes/kinds';
import { selectsPodsOfController } from '../../../kubernetes/workloads/operator-pods';
import { isEmpty } from '../../../kubernetes/workloads/selector';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const danglingNetworkpolicy = rule({
  id: 'dangling-networkpolicy',
  sentence: 'Every NetworkPolicy selects existing pods.',
  why: 'A policy that selects no pods has no effect. Usually one of its labels is misspelt.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=dangling-networkpolicy',
  severity: 'medium',
  fix: 'Correct podSelector, or remove the policy.',
  parts: objectsOf('NetworkPolicy'),
  faults: ({ spec: { podSelector = {} } = {} }, manifests, { object }) => {
    if (isEmpty(podSelector)) return [];
    const namespace = namespaceOf(object);
    const isFound =
      manifests.pods.matching(namespace, podSelector).length > 0 ||
      selectsPodsOfController(podSelector, namespace, manifests.all);
    return [!isFound && { path: 'spec.podSelector', must: 'match pods of the namespace' }];
  },
});
