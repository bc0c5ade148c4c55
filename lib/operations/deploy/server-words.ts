/**
 * Patterns for messages of the API server and the kubelet that carry no code, as of Kubernetes 1.34. A message that
 * matches no pattern is printed unchanged.
 */

/** Source: plugin/pkg/admission/resourcequota/controller.go, `exceeded quota: %s, requested: %s, used: %s, limited: %s`. */
export function quotaExceededIn(message: string): string | undefined {
  return /exceeded quota: ([^,]+), requested: (.+), used: (.+), limited: (.+)$/.exec(message)?.[1];
}

/** Source: staging/src/k8s.io/pod-security-admission/admission/admission.go, `violates PodSecurity %q: %s`. */
export function podSecurityViolatedIn(message: string): string | undefined {
  return /violates PodSecurity "([^"]+)": /.exec(message)?.[1];
}

/**
 * Source: pkg/kubelet/kubelet_pods.go, `couldn't find key %v in Secret %v/%v`; apimachinery's NotFound, `secret "x" not found`; and
 * pkg/volume/util, `references non-existent secret key: x`.
 */
export function missingSecretIn(
  message: string,
): { readonly secret: string; readonly key: string } | undefined {
  const [, key, secret] =
    /couldn't find key (\S+) in (?:Secret|ConfigMap) [^/\s]+\/(\S+)/.exec(message) ?? [];
  if (key !== undefined && secret !== undefined) return { secret, key };
  const [, name] = /(?:secret|configmap) "([^"]+)" not found/.exec(message) ?? [];
  if (name !== undefined) return { secret: name, key: '' };
  const [, volumeKey] = /references non-existent (?:secret|config) key: (\S+)/.exec(message) ?? [];
  return volumeKey === undefined ? undefined : { secret: '', key: volumeKey };
}
