import { selectedPods } from '../../../kubernetes/workloads/pod-labels';
import { controllers } from '../parts';
import { rule } from '../rule';

export const overlappingSelectors = rule({
  id: 'overlapping-selectors',
  sentence: 'The selector of a workload matches only its own pods.',
  why: 'If two workloads select the same pods, their autoscalers and status count all of these pods, and one workload may adopt the pods of the other.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
  severity: 'high',
  fix: 'Select by a label that is unique to the workload, such as app.kubernetes.io/name.',
  parts: controllers,
  faults: ({ spec }, manifests, { object }) => {
    const { selector } = spec ?? {};
    const own = manifests.pods.madeBy(object);
    if (selector === undefined || own === undefined) return undefined;
    const others = manifests.pods
      .matching(own.namespace, selector)
      // A label with an unknown value may or may not match, so pods with such a label are not reported.
      .filter((pod) => pod !== own && ['every', 'some'].includes(selectedPods(selector, pod.podLabels)));
    const names = others.map((pod) => `${pod.object.kind} ${pod.object.metadata.name}`);
    return [
      others.length > 0 && {
        path: 'spec.selector',
        must: `not select the pods of ${names.join(', ')}`,
      },
    ];
  },
});
