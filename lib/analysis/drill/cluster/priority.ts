import type { Manifests } from '../../../kubernetes/manifests';
import type { Pod } from '../../../kubernetes/workloads/pods';
import type { Field } from './workload';

interface PodPriority {
  readonly priority: number;
  /** Whether pods with this priority may preempt pods of a lower priority. */
  readonly preempts: boolean;
}

/** By name: the priorities of the PriorityClasses that every cluster has. */
const builtIn: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

/** @see https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/ */
export function podPriorityOf(
  { object, spec, path, namespace }: Pod,
  manifests: Manifests,
): { priority: PodPriority; unmodelled: readonly Field[] } {
  const name = spec.priorityClassName;
  if (name !== undefined && name in builtIn)
    return { priority: { priority: builtIn[name] ?? 0, preempts: true }, unmodelled: [] };
  const found =
    name === undefined
      ? manifests.of('PriorityClass').find(({ fields }) => fields.globalDefault === true)?.fields
      : manifests.typed('PriorityClass', namespace, name);
  const preempts = (spec.preemptionPolicy ?? found?.preemptionPolicy) !== 'Never';
  const isUnknown = name !== undefined && found === undefined;
  return {
    priority: { priority: found?.value ?? 0, preempts },
    unmodelled: isUnknown ? [{ object, path: `${path}.priorityClassName` }] : [],
  };
}
