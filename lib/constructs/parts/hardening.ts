import type * as k8s from 'cdk8s-plus-30/lib/imports/k8s';

/**
 * The pod's half of Pod Security "restricted".
 *
 * @param user uid, gid and group of the volumes; without one the image's user, and a pod whose image runs as
 * root does not start
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function restrictedPod(user: number | undefined): k8s.PodSecurityContext {
  return {
    runAsNonRoot: true,
    ...(user === undefined ? {} : { runAsUser: user, runAsGroup: user, fsGroup: user }),
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** The container's half of it, and a root file system that can't be written. */
export function restrictedContainer(): k8s.SecurityContext {
  return {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  };
}
