import { pods } from '../parts';
import { rule } from '../rule';

export const sharedProcessNamespace = rule({
  id: 'shared-process-namespace',
  sentence: "Containers of a pod don't see each other's processes.",
  why: 'A sidecar that is taken over could otherwise read the environment, and so the secrets, of its neighbour.',
  source: 'https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/',
  severity: 'medium',
  fix: 'Remove shareProcessNamespace.',
  parts: pods,
  faults: ({ spec }) => [
    spec.shareProcessNamespace === true && { path: 'shareProcessNamespace', must: 'be false, or absent' },
  ],
});
