import { rolloutStrategyOf } from '../../../kubernetes/rollout/rollout-strategy';
import { claimTemplateNames } from '../../../kubernetes/storage/claim-templates';
import { servingPods } from '../parts';
import { rule } from '../rule';

export const singleWriterVolume = rule({
  id: 'single-writer-volume',
  sentence:
    'A volume with the access mode ReadWriteOnce or ReadWriteOncePod is mounted by at most one pod, also during a rollout.',
  why: 'ReadWriteOnce allows two pods on the same node to write. Two Redis servers that write one append-only file corrupt it.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
  severity: 'critical',
  fix: 'Set replicas: 1 and strategy.type: Recreate, without an autoscaler.',
  parts: servingPods,
  faults: (pod, manifests) => {
    const { object, namespace, replicas, spec } = pod;
    const replaced = claimTemplateNames(object);
    const claims = (spec.volumes ?? []).flatMap(({ name = '', persistentVolumeClaim: claim }) =>
      claim === undefined || claim.readOnly === true || replaced.includes(name)
        ? []
        : [claim.claimName ?? ''],
    );
    const exclusive = claims.filter((name) => {
      const modes = manifests.typed('PersistentVolumeClaim', namespace, name)?.spec?.accessModes ?? [];
      // The access modes of a missing claim are unknown; the rule `claim-references` reports the missing claim.
      return modes.some((mode) => /^ReadWriteOnce/.test(mode)) && !modes.includes('ReadWriteMany');
    });
    if (exclusive.length === 0) return undefined;
    const others = manifests.pods
      .of(namespace)
      .filter(
        (each) =>
          each !== pod &&
          manifests.references
            .from(each.object)
            .some(({ value }) => value.kind === 'PersistentVolumeClaim' && exclusive.includes(value.name)),
      );
    const why = `the workload writes to ${exclusive.join(' and ')}`;
    return [
      (replicas === undefined || replicas > 1) && {
        path: '',
        object,
        found: `has ${replicas ?? 'an unknown number of'} pods, and ${why}`,
        must: 'have at most one pod',
      },
      object.kind === 'Deployment' &&
        rolloutStrategyOf(object)?.kind !== 'Recreate' && {
          path: 'spec.strategy.type',
          object,
          must: `be Recreate, because ${why}`,
        },
      others.length > 0 && {
        path: 'volumes',
        found: `are also mounted by ${others.map((each) => `${each.object.kind} ${each.object.metadata.name}`).join(', ')}`,
        must: 'be mounted by this workload only',
      },
    ];
  },
});
