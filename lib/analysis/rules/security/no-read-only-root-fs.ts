import { containers } from '../parts';
import { rule } from '../rule';

export const noReadOnlyRootFs = rule({
  id: 'no-read-only-root-fs',
  sentence: 'Every container has a read-only root file system.',
  why: 'With a writable root file system, an attacker can install tools, and forgotten files fill the disk of the node.',
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
