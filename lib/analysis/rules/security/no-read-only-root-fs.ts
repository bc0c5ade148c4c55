import { containers } from '../parts';
import { rule } from '../rule';

export const noReadOnlyRootFs = rule({
  id: 'no-read-only-root-fs',
  sentence: 'No container can write to its own file system.',
  why: 'Whoever gets in can otherwise bring tools along, and files that nobody looks for fill the node.',
  source: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  severity: 'medium',
  fix: 'Set readOnlyRootFilesystem: true, and mount an emptyDir where the program writes.',
  parts: containers,
  faults: ({ container: { securityContext } }) => [
    securityContext?.readOnlyRootFilesystem !== true && {
      path: 'securityContext.readOnlyRootFilesystem',
      must: 'be true',
    },
  ],
});
