import type { KubernetesObject } from '../../../documents/kubernetes';
import type { Manifests } from '../../../kubernetes/manifests';
import { pods } from '../parts';
import { rule } from '../rule';

export const configmapChecksum = rule({
  id: 'configmap-checksum',
  sentence:
    'A pod that keeps the content of a ConfigMap of the documents, as variables or as files mounted by subPath, says which content it read.',
  why: 'A changed ConfigMap restarts nothing by itself, and the kubelet never updates a file that is mounted by subPath: half of the pods run on the old content until they happen to die.',
  source:
    'https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically',
  severity: 'medium',
  fix: 'Put a hash of the content into the template, as the annotation checksum/<name>; or mount the whole directory and let the program read its files again.',
  parts: pods,
  faults: ({ namespace, annotations, isServing, object }, manifests) => {
    const names = new Set(
      manifests.references
        .from(object)
        .flatMap(({ value: { kind, keptKeys, name } }) =>
          kind === 'ConfigMap' && keptKeys.length > 0 ? name : [],
        ),
    );
    // A Job's pods read it when they are made, and end.
    if (!isServing || names.size === 0) return undefined;
    return [...names]
      .filter((name) => mayChange(name, manifests.find('ConfigMap', namespace, name)))
      .map(
        (name) =>
          !isMarked(name, annotations) &&
          !isReloaded(object) && {
            path: '',
            found: `has no annotation checksum/${name}`,
            must: 'have one in its template',
          },
      );
  },
});

/** A ConfigMap whose content is a part of its name, or that is immutable, never changes. */
function mayChange(name: string, configMap: ReturnType<Manifests['find']>): boolean {
  return configMap !== undefined && configMap['immutable'] !== true && !kustomizeHash.test(name);
}

/** Kustomize ends a name with ten characters of this alphabet. */
const kustomizeHash = /-[2456789bcdfghkmt]{10}$/;

/** Charts call it `checksum/config` as often as by the ConfigMap's name. */
function isMarked(name: string, annotations: Readonly<Record<string, string>>): boolean {
  return Object.keys(annotations).some((key) => {
    const [prefix = '', end = ''] = key.split('/');
    return /^(checksum|hash)$/.test(prefix.split('.').at(-1) ?? '') && end !== '' && name.includes(end);
  });
}

/** Stakater's Reloader restarts the pods when what they read changes. */
function isReloaded({ metadata: { annotations = {} } }: KubernetesObject): boolean {
  return Object.keys(annotations).some((key) => key.includes('reloader.stakater.com/'));
}
