import { objectsOf } from '../parts';
import { rule } from '../rule';

export const unusedSecretKeys = rule({
  id: 'unused-secret-keys',
  sentence: 'Every Secret key that the configuration lists is read by a workload.',
  why: 'A secret that is not needed can still leak.',
  source: 'ours: every value has a writer and a reader',
  severity: 'low',
  fix: 'Remove the key from the configuration (under secrets) and from the Secret in the cluster.',
  parts: objectsOf('Namespace'),
  faults: (_, manifests) => {
    const contract = manifests.facts.secrets;
    if (contract === undefined) return undefined;
    const read = new Set(
      manifests.references.named('Secret').map(({ value: { name, key } }) => `${name}/${key ?? '*'}`),
    );
    return Object.entries(contract).flatMap(([name, keys]) =>
      keys
        .filter((key) => !read.has(`${name}/${key}`) && !read.has(`${name}/*`))
        .map((key) => ({
          path: '',
          found: `has the key ${key} of Secret ${name} in its list of Secret keys, but no workload reads the key`,
          must: 'list only keys that a workload reads',
        })),
    );
  },
});
