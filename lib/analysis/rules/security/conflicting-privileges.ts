import { containers } from '../parts';
import { rule } from '../rule';

export const conflictingPrivileges = rule({
  id: 'conflicting-privileges',
  sentence:
    'A container with allowPrivilegeEscalation: false is not privileged and does not add CAP_SYS_ADMIN.',
  why: 'The API server refuses the combination.',
  source: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Remove privileged and the capability.',
  parts: containers,
  faults: ({ container: { securityContext = {} } }) => {
    if (securityContext.allowPrivilegeEscalation !== false) return undefined;
    const added = securityContext.capabilities?.add ?? [];
    return [
      securityContext.privileged === true && {
        path: 'securityContext.privileged',
        must: 'be absent, because allowPrivilegeEscalation is false',
      },
      // The API server refuses only the spelling CAP_SYS_ADMIN, and accepts SYS_ADMIN, although both mean the same
      // for the container runtime.
      added.includes('CAP_SYS_ADMIN') && {
        path: 'securityContext.capabilities.add',
        must: 'not contain CAP_SYS_ADMIN, because allowPrivilegeEscalation is false',
      },
    ];
  },
});
