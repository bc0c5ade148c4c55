import { minorOf, newestOf } from './k3s-release';
import { compareVersions } from './version-range';

/**
 * What is wrong with going from one release of k3s to another; undefined where nothing is.
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
      wayOut: `Stay on ${from}; a snapshot from before restores the older one (docs/restore.md)`,
    };
  const [old, next] = [minorNumber(from), minorNumber(to)];
  if (next <= old + 1) return undefined;
  const step = newestOf(`1.${old + 1}`)?.k3s;
  return {
    message: `Kubernetes cannot skip a minor version, and 1.${old + 1} lies between`,
    wayOut:
      step === undefined
        ? `Go to 1.${old + 1} first`
        : `Go to ${step} first: npx honeydue upgrade --to ${step}`,
  };
}

function minorNumber(k3s: string): number {
  return Number(minorOf(k3s).split('.')[1]);
}
