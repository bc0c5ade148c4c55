import type { CronJobSpec } from '../../../../../imports/kubernetes/kinds';
import { specAs } from '../../../../kubernetes/kinds';
import { inNamespace, resourceOf } from '../../../../kubernetes/objects/kubectl';
import { kindOf } from '../../../../kubernetes/objects/object-key';
import { rolloutStrategyOf } from '../../../../kubernetes/rollout/rollout-strategy';
import { runsAlone } from '../../../../kubernetes/rollout/singleton';
import type { Consequence } from '../../consequence';
import type { ChangedObject, ObjectChanges, Objects } from '../objects';

/** Changes of replicas, suspend and the update strategy, which take effect without a new pod template. */
export function scaling({ changed, base, head }: ObjectChanges): Consequence[] {
  return changed.flatMap((object) => [
    ...scaled(object, base, head),
    ...multiplied(object, base, head),
    ...suspended(object),
    ...changedStrategy(object),
  ]);
}

function scaled({ name, before, after }: ChangedObject, base: Objects, head: Objects): Consequence[] {
  const kind = kindOf(after);
  if (kind !== 'Deployment' && kind !== 'StatefulSet') return [];
  const [old, now] = [before, after].map((each) => specAs('Deployment', each).replicas);
  const shared = { side: 'kubernetes', object: name, field: 'spec.replicas' } as const;
  if (old !== undefined && old > 1 && now === undefined) {
    const autoscaler = head.manifests.autoscaler(after)?.fields.spec;
    const until =
      autoscaler === undefined
        ? ''
        : ` until the HorizontalPodAutoscaler, which checks every 15 s, starts at least ${autoscaler.minReplicas ?? 1} again`;
    return [
      {
        ...{ ...shared, class: 'restarts' },
        reason: `replicas is removed (it was ${old}). A field that an apply removes returns to its default, 1: ${old - 1} of ${old} pods end at once${until}.`,
        wayOut: `Before the apply, remove replicas from the last-applied configuration: kubectl apply edit-last-applied ${resourceOf(after)}${inNamespace(after)}`,
      },
    ];
  }
  const retention = (
    after['spec'] as { persistentVolumeClaimRetentionPolicy?: { whenScaled?: string } } | undefined
  )?.persistentVolumeClaimRetentionPolicy;
  if (kind === 'StatefulSet' && retention?.whenScaled === 'Delete' && (now ?? 1) < (old ?? 1))
    return [
      {
        ...{ ...shared, class: 'lost' },
        reason: `${old ?? 1} -> ${now ?? 1}: with whenScaled: Delete, the claims of the pods that end are deleted together with their data.`,
        wayOut:
          'Set persistentVolumeClaimRetentionPolicy.whenScaled to Retain, in a separate apply before this change.',
      },
    ];
  const wasScaled = base.manifests.autoscaler(before) !== undefined;
  if (now !== 0 || (old ?? 1) === 0 || (wasScaled && head.manifests.autoscaler(after) !== undefined))
    return [];
  return [
    {
      ...{ ...shared, class: 'cut off' },
      reason: `${old ?? 1} -> 0: all pods of the workload end, and clients get no answer.`,
      wayOut: '',
    },
  ];
}

function suspended({ name, before, after }: ChangedObject): Consequence[] {
  if (kindOf(after) !== 'CronJob') return [];
  const [old, now] = [before, after].map(({ spec }) => (spec as CronJobSpec | undefined)?.suspend === true);
  if (old || !now) return [];
  return [
    {
      ...{ class: 'cut off', side: 'kubernetes', object: name, field: 'spec.suspend' },
      reason: 'The CronJob starts no more Jobs until it is resumed.',
      wayOut: '',
    },
  ];
}

/** Singletons that become several pods. A singleton must not run twice at the same time. */
function multiplied({ name, before, after }: ChangedObject, base: Objects, head: Objects): Consequence[] {
  const [old, now] = [base.manifests.pods.madeBy(before), head.manifests.pods.madeBy(after)];
  if (old === undefined || now === undefined || now.count.most <= 1) return [];
  if (old.count.most !== 1 || !runsAlone(before, old.count.most)) return [];
  const isScaled = head.manifests.autoscaler(after) !== undefined;
  return [
    {
      ...{ class: 'exposed', side: 'kubernetes', object: name },
      field: isScaled ? 'spec.maxReplicas of the HorizontalPodAutoscaler' : 'spec.replicas',
      reason: `1 -> ${now.count.most}: until now the old pod ended before a new one started, and from now on ${now.count.most} pods run at once. A scheduler in the program starts each task ${now.count.most} times, and several pods may write to one volume.`,
      wayOut: 'If the workload must not run twice, keep replicas: 1 and strategy.type: Recreate.',
    },
  ];
}

/** Changes between Recreate and RollingUpdate, which affect later rollouts. */
function changedStrategy({ name, before, after }: ChangedObject): Consequence[] {
  const [old, now] = [before, after].map((each) => rolloutStrategyOf(each)?.kind);
  const shared = { class: 'exposed', side: 'kubernetes', object: name, field: 'spec.strategy.type' } as const;
  if (old === 'RollingUpdate' && now === 'Recreate')
    return [
      {
        ...shared,
        reason:
          'RollingUpdate -> Recreate: every later rollout ends all old pods before it starts a new one, so the workload is unavailable until a new pod is ready.',
        wayOut: 'If the workload must stay available, keep RollingUpdate.',
      },
    ];
  if (old !== 'Recreate' || now !== 'RollingUpdate') return [];
  return [
    {
      ...shared,
      reason:
        'Recreate -> RollingUpdate: every later rollout runs the old and the new pod at the same time. A workload that must not run twice needs Recreate.',
      wayOut: 'If the workload must not run twice, or mounts a volume, keep Recreate.',
    },
  ];
}
