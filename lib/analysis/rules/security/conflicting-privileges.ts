import { containers } from '../parts';
import { rule } from '../rule';

export const conflictingPrivileges = rule({
  id: 'conflicting-privileges',
  sentence: 'A container that may not gain privileges has none to begin with.',
  why: 'The API server refuses privileged, or CAP_SYS_ADMIN, beside allowPrivilegeEscalation false.',
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
        must: 'be absent beside allowPrivilegeEscalation false',
      },
      // The API server compares the whole name: SYS_ADMIN, which the runtime takes for the same, passes.
      added.includes('CAP_SYS_ADMIN') && {
        path: 'securityContext.capabilities.add',
        must: 'lack CAP_SYS_ADMIN beside allowPrivilegeEscalation false',
      },
    ];
  },
});
