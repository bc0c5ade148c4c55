import { referencesTo } from '../parts';
import { rule } from '../rule';

/** PriorityClasses that Kubernetes creates in every cluster. */
const ownClasses = ['system-cluster-critical', 'system-node-critical'];

export const priorityClassReferences = rule({
  id: 'priority-class-references',
  sentence: 'Every PriorityClass that a pod uses exists.',
  why: 'The API server refuses the pods, so the workload exists without pods.',
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#pod-priority',
  severity: 'medium',
  fix: 'Add the PriorityClass, or use an existing one: kubectl get priorityclasses.',
  parts: referencesTo('PriorityClass'),
  faults: (reference, manifests) => [
    !ownClasses.includes(reference.name) &&
      manifests.references.targetOf(reference) === undefined && {
        path: '',
        must: `be a PriorityClass of these manifests, ${ownClasses.join(' or ')}`,
      },
  ],
});
