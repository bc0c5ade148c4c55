import type { Application } from '../schema/applications';
import type { Deployment } from '../schema/schema';
import { isApplication, secretKeysOf } from '../schema/workloads';

/**
 * A warning for each workload that connects to a Redis and reads no key with its password. It is not an
 * error, because another key may contain the password, for example in a URL.
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

/** Keys that are still unresolved may include the password. */
function mayRead(workload: Application, { secret, key }: { secret: string; key: string }): boolean {
  return (
    workload.secrets?.[secret]?.others !== undefined ||
    secretKeysOf(workload).some((each) => each.secret === secret && each.key === key)
  );
}
