import { endOfSupport, k3sMinors, minorOf, newestOf } from '../../../kubernetes/release/k3s-release';

/** Days before the end of support from which it is warned of: time for two rehearsals and two upgrades. */
const warnedDays = 60;

/** What is known of the support of a pinned k3s on a day: at most one of the two, each a sentence. */
export interface K3sSupport {
  /** It ends soon: a warning. */
  readonly endsSoon?: string;
  /** It has ended: a finding of the rule `k3s-end-of-support`. */
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
      endsSoon: `k3s ${k3s} runs Kubernetes ${minor}, whose support ends on ${end}, in ${days} ${days === 1 ? 'day' : 'days'}. From that date on, the rule k3s-end-of-support fails every synth. ${wayUp(minor)}`,
    };
  return {
    ended: `k3s ${k3s} runs Kubernetes ${minor}, which gets no security updates since ${end}. ${wayUp(minor)}`,
  };
}

/** Minor versions come one after the other. */
function wayUp(minor: string): string {
  const later = k3sMinors.slice(k3sMinors.indexOf(minor) + 1).flatMap((each) => newestOf(each) ?? []);
  const [next] = later;
  if (next === undefined) return 'No later release is known here (CONTRIBUTING.md, "Add a version").';
  const steps = later.map(({ k3s }) => `${k3s} (until ${endOfSupport(minorOf(k3s))})`).join(', then ');
  return `Next is ${steps}, one minor version after the other; \`npx honeydue upgrade --to ${next.k3s}\` rehearses the first step.`;
}
