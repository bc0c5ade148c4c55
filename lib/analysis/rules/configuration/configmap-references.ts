import { isBuiltIn } from '../../../kubernetes/references/built-in';
import { referencesTo } from '../parts';
import { rule } from '../rule';

export const configmapReferences = rule({
  id: 'configmap-references',
  sentence: 'Every ConfigMap that a pod reads exists, with the keys that the pod reads.',
  why: 'The kubelet does not start a container if its ConfigMap or key is missing.',
  source: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
  severity: 'high',
  fix: 'Add the ConfigMap or the key.',
  parts: referencesTo('ConfigMap'),
  faults: (configMap, manifests) => {
    const { name, key, isOptional, namespace } = configMap;
    const map = manifests.typed('ConfigMap', namespace, name);
    if (isOptional) return [];
    if (map === undefined && isBuiltIn(configMap)) return [];
    if (map === undefined)
      return [
        { path: '', found: `reads ConfigMap ${name || '""'}`, must: 'read a ConfigMap of these documents' },
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
