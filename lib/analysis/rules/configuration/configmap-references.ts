import type { KubernetesObject } from '../../../documents/kubernetes';
import { podsWithAccess } from '../../../kubernetes/granted-access';
import type { Manifests } from '../../../kubernetes/manifests';
import { isBuiltIn } from '../../../kubernetes/references/built-in';
import type { Reference } from '../../../kubernetes/references/reference';
import { referencesTo } from '../parts';
import { rule } from '../rule';

export const configmapReferences = rule({
  id: 'configmap-references',
  sentence: 'Every ConfigMap that a pod reads exists, with the keys that the pod reads.',
  why: 'The kubelet does not start a container if its ConfigMap or key is missing.',
  source: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
  severity: 'high',
  fix: 'Add the ConfigMap or the key.',
  rare: true,
  parts: referencesTo('ConfigMap'),
  faults: (configMap, manifests, { object }) => {
    const { name, key, isOptional, namespace } = configMap;
    const map = manifests.typed('ConfigMap', namespace, name);
    if (isOptional) return [];
    if (map === undefined && (isBuiltIn(configMap) || isMadeElsewhere(object, configMap, manifests)))
      return [];
    if (map === undefined)
      return [
        { path: '', found: `reads ConfigMap ${name || '""'}`, must: 'read a ConfigMap of these manifests' },
      ];
    const keys = Object.keys({ ...map.data, ...map.binaryData });
    if (key === undefined || keys.includes(key)) return [];
    return [
      {
        path: '',
        found: `reads ${key} of ConfigMap ${name}`,
        must: `read one of the keys ${keys.join(', ')}`,
      },
    ];
  },
});

/**
 * Another workload may create the ConfigMap, as Kubernetes operators do. If only the pod or only the ConfigMap sets a
 * namespace, `kubectl apply --namespace` may put both into the same namespace.
 */
function isMadeElsewhere(
  reader: KubernetesObject,
  { namespace, name }: Reference,
  manifests: Manifests,
): boolean {
  const isUnstated = ({ metadata }: KubernetesObject) => metadata.namespace === undefined;
  const makers = podsWithAccess(manifests, { resource: 'configmaps', verbs: ['create'], namespace });
  return (
    makers.some(({ object }) => object !== reader) ||
    manifests
      .of('ConfigMap')
      .some(({ object }) => object.metadata.name === name && (isUnstated(object) || isUnstated(reader)))
  );
}
