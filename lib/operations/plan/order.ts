import type { KubernetesObject } from '../../documents/kubernetes';
import { kindOf } from '../../kubernetes/objects/object-key';
import { parseQuantity } from '../../kubernetes/quantity';
import { phaseOf } from './desired';

/** Follows the workloads: for changes that would refuse pods that are still to be replaced. */
export const closingPhase = 4;

/** The titles of the phases, by number. */
export const phaseTitles: readonly string[] = [
  'the namespace',
  'what the workloads need',
  'the migration',
  'the workloads',
  'what must follow the rollouts',
];

/**
 * The phase of an object: usually that of its file. Two changes must come last: a ResourceQuota that shrinks still
 * counts the old pods, and a namespace with a stricter Pod Security level refuses to replace a pod that is lost before
 * its new Deployment is applied.
 */
export function phaseIn(file: string, desired: KubernetesObject, live: KubernetesObject | undefined): number {
  if (live !== undefined && (shrinks(live, desired) || isStricter(live, desired))) return closingPhase;
  return phaseOf(file);
}

function shrinks(live: KubernetesObject, desired: KubernetesObject): boolean {
  if (kindOf(desired) !== 'ResourceQuota') return false;
  const [before, after] = [live, desired].map(
    ({ spec }) => (spec as { hard?: Readonly<Record<string, string>> } | undefined)?.hard ?? {},
  );
  return Object.entries(after ?? {}).some(([resource, amount]) => {
    const [old, now] = [before?.[resource], amount].map((text) =>
      text === undefined ? undefined : parseQuantity(String(text)),
    );
    return now !== undefined && (old === undefined || now < old);
  });
}

const levels = ['privileged', 'baseline', 'restricted'];
const enforce = 'pod-security.kubernetes.io/enforce';

function isStricter(live: KubernetesObject, desired: KubernetesObject): boolean {
  if (kindOf(desired) !== 'Namespace') return false;
  const level = ({ metadata }: KubernetesObject) =>
    levels.indexOf(metadata.labels?.[enforce] ?? 'privileged');
  return level(desired) > level(live);
}

/** The order within a phase: kinds that others depend on first, workloads last. */
export function rankOf({ kind }: KubernetesObject): number {
  const first = ['Namespace', 'CustomResourceDefinition', 'PriorityClass', 'StorageClass', 'ServiceAccount'];
  const last = ['Job', 'CronJob', 'Deployment', 'StatefulSet', 'DaemonSet', 'Ingress', 'IngressRoute'];
  if (first.includes(kind)) return first.indexOf(kind);
  return first.length + 1 + last.indexOf(kind);
}
