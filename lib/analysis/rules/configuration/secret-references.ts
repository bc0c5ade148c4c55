import { holdsUnresolved, placeholder } from '../../../documents/unresolved';
import { referencesTo } from '../parts';
import { rule } from '../rule';

export const secretReferences = rule({
  id: 'secret-references',
  sentence: 'Every Secret that is read exists, with the keys that are read.',
  why: 'The kubelet does not start a container if its Secret or key is missing.',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets',
  severity: 'high',
  fix: 'Add the key to the contract of Secrets, and to the Secret in the cluster before the apply.',
  parts: referencesTo('Secret', ['Namespace', 'Deployment']),
  faults: ({ name, key, isOptional, namespace }, manifests, { object }) => {
    const contract = manifests.facts.secrets;
    const secret = manifests.typed('Secret', namespace, name);
    // An unresolved name is a placeholder; the synth lists it.
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
