import type * as k8s from 'cdk8s-plus-30/lib/imports/k8s';

/**
 * The fields of a pod that Pod Security "restricted" requires.
 *
 * @param user the uid, the gid and the fsGroup; if undefined, the user of the image applies, and a pod whose
 * image runs as root does not start
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function restrictedPod(user: number | undefined): k8s.PodSecurityContext {
  return {
    runAsNonRoot: true,
    ...(user === undefined ? {} : { runAsUser: user, runAsGroup: user, fsGroup: user }),
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** The fields of a container that Pod Security "restricted" requires, and a read-only root file system. */
export function restrictedContainer(): k8s.SecurityContext {
  return {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  };
}
