import type { PodSpec, Toleration } from '../../../imports/kubernetes/kinds';
import type { Json, KubernetesObject } from '../../documents/kubernetes';
import { specAs } from '../kinds';
import { isSameStored, type ObjectUpdate, type RefusedChange } from './refused-change';

/**
 * Immutable fields of a running Pod. An apply may change images, and a few other fields in one direction
 * only.
 */
export function refusedByPod({ before, after }: ObjectUpdate): RefusedChange[] {
  const [old, now] = [specAs('Pod', before), specAs('Pod', after)];
  const isGated = (old.schedulingGates ?? []).length > 0;
  return [
    ...refusedDeadline(old, now),
    ...refusedTolerations(old, now, after),
    ...refusedGates(old, now),
    ...refusedNodeSelector(old, now, isGated),
    ...(isSameStored(after, 'spec', immutableSpec(old, isGated), immutableSpec(now, isGated))
      ? []
      : [
          {
            path: 'spec',
            limit: 'be unchanged, except for the images of containers',
            isHidden: true,
          } as const,
        ]),
  ];
}

function refusedDeadline(
  { activeDeadlineSeconds: old }: PodSpec,
  { activeDeadlineSeconds: now }: PodSpec,
): RefusedChange[] {
  if (old === undefined || (now !== undefined && now <= old)) return [];
  return [
    { path: 'spec.activeDeadlineSeconds', limit: `stay set, and not exceed the current value, ${old}` },
  ];
}

function refusedTolerations(old: PodSpec, now: PodSpec, pod: KubernetesObject): RefusedChange[] {
  const withoutTime = ({ tolerationSeconds, ...rest }: Toleration) => rest as Json;
  const path = 'spec.tolerations';
  const isKept = (each: Toleration) =>
    (now.tolerations ?? []).some((other) => isSameStored(pod, path, withoutTime(each), withoutTime(other)));
  return (old.tolerations ?? []).every(isKept)
    ? []
    : [
        {
          path,
          limit:
            'keep every toleration; only tolerationSeconds may change, and more tolerations may be added',
        },
      ];
}

function refusedGates(old: PodSpec, now: PodSpec): RefusedChange[] {
  const before = new Set(old.schedulingGates?.map(({ name }) => name));
  return (now.schedulingGates ?? []).every(({ name }) => before.has(name))
    ? []
    : [{ path: 'spec.schedulingGates', limit: 'contain only gates that the running pod has' }];
}

/** The node selector of a pod with a scheduling gate may get more labels. */
function refusedNodeSelector(old: PodSpec, now: PodSpec, isGated: boolean): RefusedChange[] {
  if (!isGated) return [];
  const isKept = Object.entries(old.nodeSelector ?? {}).every(
    ([key, value]) => now.nodeSelector?.[key] === value,
  );
  return isKept ? [] : [{ path: 'spec.nodeSelector', limit: 'keep every label; more labels may be added' }];
}

/** The spec without its mutable fields. */
function immutableSpec(spec: PodSpec, isGated: boolean): Json {
  const { activeDeadlineSeconds, tolerations: some, schedulingGates, ...rest } = spec;
  const { nodeSelector: selector, affinity, ...others } = rest;
  const { nodeAffinity, ...affinities } = affinity ?? {};
  const named = (list: PodSpec['containers']) => list?.map(({ image, ...container }) => container);
  return {
    ...(isGated ? { ...others, ...(Object.keys(affinities).length > 0 && { affinity: affinities }) } : rest),
    containers: named(spec.containers),
    initContainers: named(spec.initContainers),
  } as unknown as Json;
}
