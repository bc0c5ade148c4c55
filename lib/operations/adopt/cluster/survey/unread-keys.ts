import { isUnresolved } from '../../../../deployment/config/schema/unresolved';
import type { OpenValue } from '../../resolver';
import type { UndescribedThing } from '../../source';
import type { RunningNamespace } from '../running-namespace';
import { secretOthersResolver } from '../secret-others';

/**
 * The keys of Secrets with unresolved `others` that no configured workload reads. The configuration accepts only
 * keys with a reader.
 */
export async function unreadKeys(
  deployment: OpenValue['deployment'],
  namespace: RunningNamespace,
): Promise<UndescribedThing[]> {
  const open = Object.entries(deployment.secrets).filter(([, { others }]) => isUnresolved(others));
  const found = await Promise.all(
    open.map(async ([secret, { keys: stated }]) => {
      const answer = await secretOthersResolver.find(
        { path: ['secrets', secret, 'others'], deployment },
        namespace,
      );
      if (answer.kind !== 'found') return [];
      const read = answer.edits.map(({ path }) => path.at(-1));
      const keys = (await namespace.secretKeys(secret)) ?? [];
      return keys
        .filter((key) => !(key in stated) && !read.includes(key))
        .map((key) => ({
          name: `key ${key} of Secret ${deployment.namespace}/${secret}, which no configured workload reads`,
          command: `kubectl patch secret ${secret} -n ${deployment.namespace} --type=json -p '[{"op":"remove","path":"/data/${key}"}]'`,
        }));
    }),
  );
  return found.flat();
}
