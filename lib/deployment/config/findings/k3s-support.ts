import { endOfSupport, k3sMinors, minorOf, newestOf } from '../../../kubernetes/release/k3s-release';

/**
 * Synth warns this number of days before the end of support: enough time for two rehearsals and two upgrades.
 */
const warnedDays = 60;

/** Messages about the end of support of the pinned k3s; at most one is set. */
export interface K3sSupport {
  /** A warning that the support ends soon. */
  readonly endsSoon?: string;
  /** The message of a finding of the rule `k3s-end-of-support`: the support has ended. */
  readonly ended?: string;
}

/** @param day such as `2026-05-15` */
export function k3sSupport(k3s: string, day: string): K3sSupport {
  const minor = minorOf(k3s);
  const end = endOfSupport(minor);
  if (end === undefined) return {};
  const days = Math.round((Date.parse(end) - Date.parse(day)) / 86_400_000);
  if (days > warnedDays) return {};
  if (days >= 0)
    return {
      endsSoon: `k3s ${k3s} runs Kubernetes ${minor}, whose support ends on ${end}, in ${days} ${days === 1 ? 'day' : 'days'}. From that date on, the rule k3s-end-of-support fails every synth. ${describeUpgrade(minor)}`,
    };
  return {
    ended: `k3s ${k3s} runs Kubernetes ${minor}, which has had no security updates since ${end}. ${describeUpgrade(minor)}`,
  };
}

/** A sentence with the later minor versions. They must be installed one after the other. */
function describeUpgrade(minor: string): string {
  const later = k3sMinors.slice(k3sMinors.indexOf(minor) + 1).flatMap((each) => newestOf(each) ?? []);
  const [next] = later;
  if (next === undefined)
    return 'This version of the tool knows no later release (CONTRIBUTING.md, "Add a version").';
  const steps = later.map(({ k3s }) => `${k3s} (until ${endOfSupport(minorOf(k3s))})`).join(', then ');
  const order = later.length === 1 ? 'the upgrade' : "the first step. A step can't skip a minor version";
  return `Upgrade to ${steps}. \`npx honeydue upgrade --to ${next.k3s}\` rehearses ${order}.`;
}
