import { holdsUnresolved, placeholder } from '../../../documents/unresolved';
import { referencesTo } from '../parts';
import { rule } from '../rule';

export const secretReferences = rule({
  id: 'secret-references',
  sentence: 'Every Secret that is read exists, with the keys that are read.',
  why: 'The kubelet does not start a container whose Secret or key it does not find.',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets',
  severity: 'high',
  fix: 'Add the key to the contract, and to the Secret before the apply.',
  parts: referencesTo('Secret', ['Namespace', 'Deployment']),
  faults: ({ name, key, isOptional, namespace }, manifests, { object }) => {
    const contract = manifests.facts.secrets;
    const secret = manifests.typed('Secret', namespace, name);
    // What nobody knows yet is named so, and asked for by the synth.
    const isOpen = holdsUnresolved(object) && (name === placeholder || key === placeholder);
    if (isOptional || isOpen || (contract === undefined && secret === undefined)) return undefined;
    const keys =
      secret === undefined ? contract?.[name] : Object.keys({ ...secret.data, ...secret.stringData });
    if (keys === undefined) {
      return [
        {
          path: '',
          found: `reads Secret ${name || '""'}`,
          must: `read one that exists: ${Object.keys(contract ?? {}).join(', ')}`,
        },
      ];
    }
    if (key === undefined || keys.includes(key)) return [];
    return [
      { path: '', found: `reads ${key} of Secret ${name}`, must: `read one of its keys: ${keys.join(', ')}` },
    ];
  },
});
