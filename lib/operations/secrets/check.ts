import { didYouMean } from '../../documents/nearest';
import type { Problem } from '../../input/problem';
import { type ContractSecret, operatorKeys, type SecretsContract, sections } from './contract';
import { formatSecretPath, type SecretLeaf, type SecretPath } from './secret-leaf';
import type { SecretsFile } from './secrets-file';
import { unencryptedSuffix } from './sops/sops-file';
import { valueFaults } from './value-check';

/** The kinds of values that `generate` can create. */
const canMake = ['shared-password', 'signing-key', 'certificate-key'];

/**
 * Checks a secrets file for missing and undeclared names and, if it could be decrypted, for invalid values. No
 * message
 * contains a value.
 */
export function checkSecrets(contract: SecretsContract, file: SecretsFile, now: Date): Problem[] {
  const { leaves, opened } = file;
  const at = (path: SecretPath, message: string): Problem => ({
    place: file.placeOf(path),
    path: formatSecretPath(path),
    message,
  });
  const problems = [
    ...nameFaults(contract, leaves).map(({ path, message }) => at(path, message)),
    ...(opened === undefined
      ? []
      : contract.secrets.flatMap((secret) =>
          valueFaults(
            contract,
            secret,
            (name, key) => secretAt(opened, [sections.cluster, name, key]),
            now,
          ).map(({ key, message }) => at([sections.cluster, secret.name, key], message)),
        )),
  ];
  return problems.sort((a, b) => a.place.line - b.place.line || (a.path < b.path ? -1 : 1));
}

export function secretAt(leaves: readonly SecretLeaf[], path: SecretPath): string | undefined {
  return leaves.find((leaf) => leaf.path.join('\0') === path.join('\0'))?.value;
}

interface NameFault {
  readonly path: SecretPath;
  readonly message: string;
}

function nameFaults({ secrets }: SecretsContract, leaves: readonly SecretLeaf[]): NameFault[] {
  const missing = secrets.flatMap(({ name, keys }) =>
    keys.flatMap(({ key, kind, purpose }): NameFault[] => {
      const path = [sections.cluster, name, key];
      const value = secretAt(leaves, path);
      if (value !== undefined && value !== '') return [];
      const make = canMake.includes(kind)
        ? 'npx honeydue secrets generate creates it'
        : `add it with npx honeydue secrets edit (what it is for: ${purpose})`;
      return [{ path, message: `is ${value === undefined ? 'missing' : 'empty'}; ${make}` }];
    }),
  );
  return [...missing, ...leaves.flatMap(({ path }) => surplusFault(secrets, path))];
}

/** Why the file must not contain this value. */
function surplusFault(secrets: readonly ContractSecret[], path: SecretPath): NameFault[] {
  const [section, name = '', key = '', ...more] = path;
  const fault = (message: string) => [{ path, message }];
  if (path.some((each) => each.endsWith(unencryptedSuffix)))
    return fault(
      `has a key that ends with ${unencryptedSuffix}, and SOPS does not encrypt values below such a key; rename the key`,
    );
  if (section === sections.operator) {
    if (path.length === 2 && name in operatorKeys) return [];
    return fault(
      `is not a known key; the section ${sections.operator} may have ${Object.keys(operatorKeys).join(', ')}`,
    );
  }
  if (section !== sections.cluster)
    return fault(
      `must be below ${sections.cluster} or ${sections.operator}${didYouMean(section ?? '', Object.values(sections))}`,
    );
  const secret = secrets.find((each) => each.name === name);
  if (secret === undefined) {
    const names = secrets.map((each) => each.name);
    return fault(
      `the configuration declares no Secret ${name}${didYouMean(name, names) || '; remove it, or declare it under secrets'}`,
    );
  }
  if (path.length !== 3 || more.length > 0)
    return fault('must be a string below the name of its Secret, as KEY: value');
  const keys = secret.keys.map((each) => each.key);
  if (keys.includes(key) || secret.isOpen) return [];
  return fault(
    `the configuration declares no such key of ${name}${didYouMean(key, keys) || '; remove it, or declare it under secrets'}`,
  );
}
