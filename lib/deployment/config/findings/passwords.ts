import type { Application } from '../schema/applications';
import type { Deployment } from '../schema/schema';
import { isApplication, secretKeysOf } from '../schema/workloads';

/**
 * Warns about each workload that connects to a Redis but doesn't read the key with its password. Not an
 * error, because another key can contain the password, for example as part of a URL.
 */
export function passwordWarnings({ workloads }: Pick<Deployment, 'workloads'>): string[] {
  return Object.entries(workloads).flatMap(([name, workload]) => {
    if (!isApplication(workload)) return [];
    return (workload.connectsTo ?? []).flatMap((target) => {
      const redis = workloads[target];
      if (redis?.kind !== 'Redis' || mayRead(workload, redis.password)) return [];
      const { secret, key } = redis.password;
      return [
        `workloads.${name} connects to ${target} but does not read the password (Secret ${secret}, key ${key}). ${target} refuses clients without a password. Add ${key} to workloads.${name}.secrets.${secret}.keys, or remove ${target} from its connectsTo.`,
      ];
    });
  });
}

/** A workload with unresolved keys may read the password. */
function mayRead(workload: Application, { secret, key }: { secret: string; key: string }): boolean {
  return (
    workload.secrets?.[secret]?.others !== undefined ||
    secretKeysOf(workload).some((each) => each.secret === secret && each.key === key)
  );
}
