import { objectsOf } from '../parts';
import { rule } from '../rule';

export const unusedSecretKeys = rule({
  id: 'unused-secret-keys',
  sentence: 'Every key of the contract of Secrets is read by something.',
  why: 'A secret that nobody needs is one that only leaks.',
  source: 'ours: every value has two ends',
  severity: 'low',
  fix: 'Remove the key from the contract and from the cluster.',
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
          found: `has ${key} of Secret ${name} in its contract, which is read by nobody`,
          must: 'need what it asks for',
        })),
    );
  },
});
