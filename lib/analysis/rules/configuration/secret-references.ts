import { holdsUnresolved, placeholder } from '../../../documents/unresolved';
import { referencesTo } from '../parts';
import { rule } from '../rule';

export const secretReferences = rule({
  id: 'secret-references',
  sentence: 'Every Secret that a pod reads exists, with the keys that the pod reads.',
  why: 'The kubelet does not start a container if its Secret or key is missing.',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets',
  severity: 'high',
  fix: 'Before the apply, add the key to the Secret in the cluster, and to the keys of this Secret under secrets in the configuration.',
  parts: referencesTo('Secret', ['Namespace', 'Deployment']),
  faults: ({ name, key, isOptional, namespace }, manifests, { object }) => {
    const contract = manifests.facts.secrets;
    const secret = manifests.typed('Secret', namespace, name);
    // The synth itself lists unresolved names, which are placeholders.
    const isOpen = holdsUnresolved(object) && (name === placeholder || key === placeholder);
    if (isOptional || isOpen || (contract === undefined && secret === undefined)) return undefined;
    const keys =
      secret === undefined ? contract?.[name] : Object.keys({ ...secret.data, ...secret.stringData });
    if (keys === undefined) {
      return [
        {
          path: '',
          found: `reads Secret ${name || '""'}`,
          must: `read one of the Secrets ${Object.keys(contract ?? {}).join(', ')}`,
        },
      ];
    }
    if (key === undefined || keys.includes(key)) return [];
    return [
      { path: '', found: `reads ${key} of Secret ${name}`, must: `read one of the keys ${keys.join(', ')}` },
    ];
  },
});
