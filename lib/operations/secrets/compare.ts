import { fieldManager } from '../cluster/field-owners';
import { contentHash } from './content-hash';
import type { ContractSecret, SecretsContract } from './contract';
import { sections } from './contract';
import type { DataOwner, LiveSecret } from './live-secrets';
import type { SecretLeaf } from './secret-leaf';

/** What a Secret's content in the cluster is, compared with the file. */
export type SecretState =
  | 'missing'
  /** Its hash is that of the file, and no other field manager has set a value since. */
  | 'ours'
  /** The file has other values, or more. */
  | 'differs'
  /** Another manager has set a value after the last apply. */
  | 'changed'
  /** It was not applied from a file: its values can't be compared. */
  | 'foreign'
  /** There is no key to compute the hash with. */
  | 'unknown';

/** A Secret of the contract, in the file and in the cluster. */
export interface ComparedSecret {
  readonly secret: ContractSecret;
  readonly state: SecretState;
  readonly live: LiveSecret | undefined;
  /** Keys of the contract that the cluster lacks. */
  readonly missingKeys: readonly string[];
  /** Keys of the cluster that are not in the file. */
  readonly surplusKeys: readonly string[];
  /** Who changed a value. */
  readonly changedBy: DataOwner | undefined;
  /** What to apply; undefined without the key. */
  readonly data: ReadonlyMap<string, string> | undefined;
  readonly hash: string | undefined;
}

/** Compares each Secret of the contract; values are compared by their hash. */
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

/** The managers that took a key from us: an apply shares the keys whose values it finds equal. */
function laterOwner({ owners }: LiveSecret): DataOwner | undefined {
  const own = owners.find(({ manager }) => manager === fieldManager);
  if (own === undefined) return owners.at(-1);
  return owners.find(({ manager, time }) => manager !== fieldManager && time > own.time);
}
