import { minorOf, newestOf } from './k3s-release';
import { compareVersions } from './version-range';

/**
 * The problem with a change from one release of k3s to another. Undefined if the change is allowed.
 *
 * @see https://docs.k3s.io/upgrades
 */
export function upgradeProblem(
  from: string,
  to: string,
): { readonly message: string; readonly wayOut: string } | undefined {
  if (compareVersions(to, from) < 0)
    return {
      message: 'a cluster that has data cannot go back to an older k3s',
      wayOut: `Keep ${from}; to go back, restore an etcd snapshot that the older k3s made (docs/restore.md)`,
    };
  const [old, next] = [minorNumber(from), minorNumber(to)];
  if (next <= old + 1) return undefined;
  const step = newestOf(`1.${old + 1}`)?.k3s;
  return {
    message: `an upgrade cannot skip a minor version of Kubernetes: 1.${old + 1} is between the two releases`,
    wayOut:
      step === undefined
        ? `Upgrade to 1.${old + 1} first`
        : `Upgrade to ${step} first: npx honeydue upgrade --to ${step}`,
  };
}

function minorNumber(k3s: string): number {
  return Number(minorOf(k3s).split('.')[1]);
}
