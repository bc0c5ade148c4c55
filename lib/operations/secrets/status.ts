import type { Kubectl } from '../kubectl';
import { secretAt } from './check';
import { type ComparedSecret, compareSecrets } from './compare';
import { sections } from './contract';
import { readLiveSecrets } from './live-secrets';
import { loadContract } from './operate';
import { hasSecretsFile, readSecretsFile } from './secrets-file';

/** The declared Secrets as they are in the cluster. Without a secrets file, only the names of keys are compared. */
export async function secretsStatus(
  config: string,
  kubectl: Kubectl,
): Promise<{ readonly namespace: string; readonly secrets: readonly ComparedSecret[] }> {
  const { contract } = loadContract(config);
  const opened = hasSecretsFile(config) ? (await readSecretsFile(config)).opened : undefined;
  const hashKey = opened && secretAt(opened, [sections.operator, 'hash-key']);
  const live = await readLiveSecrets(kubectl, contract.namespace);
  return { namespace: contract.namespace, secrets: compareSecrets(contract, opened, hashKey, live) };
}
