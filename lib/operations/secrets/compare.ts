import { fieldManager } from '../cluster/field-owners';
import { contentHash } from './content-hash';
import type { ContractSecret, SecretsContract } from './contract';
import { sections } from './contract';
import type { DataOwner, LiveSecret } from './live-secrets';
import type { SecretLeaf } from './secret-leaf';

/** The result of comparing a Secret in the cluster with the secrets file. */
export type SecretState =
  | 'missing'
  /** The content hash is equal, and no other field manager has set a value since. */
  | 'ours'
  /** Values in the file differ, or the file has more of them. */
  | 'differs'
  /** Another manager has set a value since the last apply. */
  | 'changed'
  /** The Secret was not applied from a secrets file, so its values can't be compared. */
  | 'foreign'
  /** The file has no hash-key, or can't be decrypted, so its values can't be compared. */
  | 'unknown';

/** A Secret that the configuration declares, as it is in the file and in the cluster. */
export interface ComparedSecret {
  readonly secret: ContractSecret;
  readonly state: SecretState;
  readonly live: LiveSecret | undefined;
  /** Declared keys that the Secret in the cluster does not have. */
  readonly missingKeys: readonly string[];
  /** Keys in the cluster that are not in the file. */
  readonly surplusKeys: readonly string[];
  /** The manager that changed a value. */
  readonly changedBy: DataOwner | undefined;
  /** The values to apply; undefined if the file can't be decrypted. */
  readonly data: ReadonlyMap<string, string> | undefined;
  readonly hash: string | undefined;
}

/** Compares each declared Secret with the cluster. Values are compared by a hash. */
export function compareSecrets(
  { secrets }: SecretsContract,
  opened: readonly SecretLeaf[] | undefined,
  hashKey: string | undefined,
  live: readonly LiveSecret[],
): ComparedSecret[] {
  return secrets.map((secret) => {
    const found = live.find(({ name }) => name === secret.name);
    const data = opened && dataOf(opened, secret.name);
    const hash = data && hashKey ? contentHash(hashKey, secret.name, data) : undefined;
    const names = data === undefined ? secret.keys.map(({ key }) => key) : [...data.keys()];
    const changedBy = found && laterOwner(found);
    return {
      ...{ secret, live: found, data, hash, changedBy },
      state: stateOf(found, hash, changedBy),
      missingKeys: secret.keys.map(({ key }) => key).filter((key) => !found?.keys.includes(key)),
      surplusKeys: (found?.keys ?? []).filter((key) => !names.includes(key)),
    };
  });
}

/** The values of a Secret, by key. */
export function dataOf(leaves: readonly SecretLeaf[], name: string): Map<string, string> {
  return new Map(
    leaves
      .filter(({ path }) => path[0] === sections.cluster && path[1] === name && path.length === 3)
      .map(({ path, value }) => [path[2] ?? '', value]),
  );
}

function stateOf(
  live: LiveSecret | undefined,
  hash: string | undefined,
  changedBy: DataOwner | undefined,
): SecretState {
  if (live === undefined) return 'missing';
  if (live.hash === undefined) return 'foreign';
  if (changedBy !== undefined) return 'changed';
  if (hash === undefined) return 'unknown';
  return live.hash === hash ? 'ours' : 'differs';
}

/** The manager that set a value after our last apply; for a Secret that we never applied, its last manager. */
function laterOwner({ owners }: LiveSecret): DataOwner | undefined {
  const own = owners.find(({ manager }) => manager === fieldManager);
  if (own === undefined) return owners.at(-1);
  return owners.find(({ manager, time }) => manager !== fieldManager && time > own.time);
}
