import type { KubernetesObject } from '../../../documents/kubernetes';
import type { Manifests } from '../../../kubernetes/manifests';
import { pods } from '../parts';
import { rule } from '../rule';

export const configmapChecksum = rule({
  id: 'configmap-checksum',
  sentence:
    'A pod that reads a ConfigMap as environment variables, or mounts one of its files with subPath, has a checksum annotation for the ConfigMap.',
  why: 'A changed ConfigMap does not restart pods, and the kubelet does not update files that are mounted by subPath. Such pods keep the old content until something else replaces them.',
  source:
    'https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically',
  severity: 'medium',
  fix: 'Add the annotation checksum/<name> with a hash of the content to the pod template. If the program reloads changed files, you can instead mount the whole ConfigMap without subPath.',
  parts: pods,
  faults: ({ namespace, annotations, isServing, object }, manifests) => {
    const names = new Set(
      manifests.references
        .from(object)
        .flatMap(({ value: { kind, keptKeys, name } }) =>
          kind === 'ConfigMap' && keptKeys.length > 0 ? name : [],
        ),
    );
    // Pods of a Job read the ConfigMap once.
    if (!isServing || names.size === 0) return undefined;
    return [...names]
      .filter((name) => mayChange(name, manifests.find('ConfigMap', namespace, name)))
      .map(
        (name) =>
          !isMarked(name, annotations) &&
          !isReloaded(object) && {
            path: '',
            found: `has no annotation checksum/${name}`,
            must: 'have this annotation in its pod template',
          },
      );
  },
});

/** The content of a ConfigMap does not change if its name contains a hash, or if it is immutable. */
function mayChange(name: string, configMap: ReturnType<Manifests['find']>): boolean {
  return configMap !== undefined && configMap['immutable'] !== true && !kustomizeHash.test(name);
}

/** Kustomize appends a hash of ten characters from this alphabet. */
const kustomizeHash = /-[2456789bcdfghkmt]{10}$/;

/** The annotation names the ConfigMap, or is `checksum/config`, as in many Helm charts. */
function isMarked(name: string, annotations: Readonly<Record<string, string>>): boolean {
  return Object.keys(annotations).some((key) => {
    const [prefix = '', end = ''] = key.split('/');
    return /^(checksum|hash)$/.test(prefix.split('.').at(-1) ?? '') && end !== '' && name.includes(end);
  });
}

/** Stakater's Reloader restarts the pods of an annotated workload when a ConfigMap changes. */
function isReloaded({ metadata: { annotations = {} } }: KubernetesObject): boolean {
  return Object.keys(annotations).some((key) => key.includes('reloader.stakater.com/'));
}
