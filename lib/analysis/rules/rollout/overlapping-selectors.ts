import { selectedPods } from '../../../kubernetes/workloads/pod-labels';
import { controllers } from '../parts';
import { rule } from '../rule';

export const overlappingSelectors = rule({
  id: 'overlapping-selectors',
  sentence: 'A workload selects its own pods alone.',
  why: "Its autoscaler averages over the pods of both, its status counts them, and workloads of one kind may adopt each other's.",
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
  severity: 'high',
  fix: "Select by a label that no other workload's pods have, such as app.kubernetes.io/name.",
  parts: controllers,
  faults: ({ spec }, manifests, { object }) => {
    const { selector } = spec ?? {};
    const own = manifests.pods.madeBy(object);
    if (selector === undefined || own === undefined) return undefined;
    const others = manifests.pods
      .matching(own.namespace, selector)
      // Whether a value matches that no manifest states is not known.
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
