import { pods } from '../parts';
import { rule } from '../rule';

export const sharedProcessNamespace = rule({
  id: 'shared-process-namespace',
  sentence: 'The containers of a pod do not share a process namespace.',
  why: 'With a shared namespace, a compromised sidecar can read the environment of the other containers, including passwords.',
  source: 'https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/',
  severity: 'medium',
  fix: 'Remove shareProcessNamespace.',
  parts: pods,
  faults: ({ spec }) => [
    spec.shareProcessNamespace === true && { path: 'shareProcessNamespace', must: 'be false, or absent' },
  ],
});
