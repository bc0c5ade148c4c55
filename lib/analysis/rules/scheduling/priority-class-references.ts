import { referencesTo } from '../parts';
import { rule } from '../rule';

/** The classes of every cluster. */
const ownClasses = ['system-cluster-critical', 'system-node-critical'];

export const priorityClassReferences = rule({
  id: 'priority-class-references',
  sentence: 'Every PriorityClass that a pod names is among the documents.',
  why: 'The API server refuses each pod that names one which is not there: the workload is accepted, and has no pods.',
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#pod-priority',
  severity: 'medium',
  fix: 'Add the PriorityClass, or name one that is there: kubectl get priorityclasses.',
  parts: referencesTo('PriorityClass'),
  faults: (reference, manifests) => [
    !ownClasses.includes(reference.name) &&
      manifests.references.targetOf(reference) === undefined && {
        path: '',
        must: `name a PriorityClass of the documents, ${ownClasses.join(' or ')}`,
      },
  ],
});
