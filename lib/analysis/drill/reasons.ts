import { resolvePace } from '../../kubernetes/rollout/rollout-pace';
import type { RolloutStrategy } from '../../kubernetes/rollout/rollout-strategy';
import { defaultTolerationSeconds } from '../../kubernetes/scheduling/admission';
import { type DrillWorkload, type Field, podField, type SpreadRule } from './cluster/workload';
import type { Drill } from './drill';
import type { Failure } from './failure';
import { type FailureOutcome, rank } from './outcome';

/** Resource requests above the capacity of every node. */
const enormous = { cpu: Number.MAX_SAFE_INTEGER, memory: Number.MAX_SAFE_INTEGER };

/** A variant of a workload in which one field has no effect. */
interface Ablation {
  readonly field: Field;
  readonly without: DrillWorkload;
  /** The only failure that the field affects. */
  readonly only?: Failure['kind'];
}

/**
 * Finds the fields that a guarantee depends on: the outcome is worse if one of them is removed. Two fields are
 * not listed if each of them alone is sufficient for the guarantee.
 */
export class Reasons {
  private readonly ablations = new Map<DrillWorkload, readonly Ablation[]>();

  constructor(private readonly drill: Drill) {}

  of(failure: Failure, workload: DrillWorkload, isWorse: (without: FailureOutcome) => boolean): Field[] {
    let known = this.ablations.get(workload);
    if (known === undefined) {
      known = ablations(workload);
      this.ablations.set(workload, known);
    }
    return known
      .filter(({ only = failure.kind }) => only === failure.kind)
      .filter(({ without }) => isWorse(this.drill.outcomeWithout(failure, workload, without)))
      .map(({ field }) => field);
  }
}

/** Whether the first duration is longer than the second, or has more unknown parts. */
export function isSlower({ recovery: a }: FailureOutcome, { recovery: b }: FailureOutcome): boolean {
  if (a.kind === 'within' && b.kind === 'within' && a.unboundedParts.length !== b.unboundedParts.length) {
    return a.unboundedParts.length > b.unboundedParts.length;
  }
  return rank(a) > rank(b);
}

function ablations(workload: DrillWorkload): Ablation[] {
  const { replicas, replicasField, spread, budgets, secondsUntilEviction, spec, priority } = workload;
  const at = (path: string) => podField(workload, path);
  return [
    ...(replicas > 1
      ? [{ field: replicasField, without: { ...workload, replicas: 1, mostReplicas: 1 } }]
      : []),
    ...spread.map((rule) => ({
      field: rule.field,
      without: { ...workload, spread: spread.filter((each) => each !== rule) },
    })),
    ...spread.flatMap((rule) => {
      const other = (change: Partial<SpreadRule>, name: string): Ablation => ({
        field: { ...rule.field, path: `${rule.field.path}.${name}` },
        without: {
          ...workload,
          spread: spread.map((each) => (each === rule ? { ...rule, ...change } : each)),
        },
      });
      return [
        ...(rule.perRevision ? [other({ perRevision: false }, 'matchLabelKeys')] : []),
        ...(rule.kind === 'spread' && !rule.countsTaintedNodes
          ? [other({ countsTaintedNodes: true }, 'nodeTaintsPolicy')]
          : []),
      ];
    }),
    { field: at('containers[0].resources.requests'), without: { ...workload, requests: enormous } },
    ...budgets.map(
      ({ field }): Ablation => ({ field, without: { ...workload, budgets: [] }, only: 'node-drained' }),
    ),
    ...strategyAblations(workload),
    ...(secondsUntilEviction < defaultTolerationSeconds
      ? [
          {
            field: at('tolerations'),
            without: { ...workload, secondsUntilEviction: defaultTolerationSeconds },
          },
        ]
      : []),
    ...(priority > 0
      ? [{ field: at('priorityClassName'), without: { ...workload, priority: 0, preempts: false } }]
      : []),
    ...(['readinessProbe', 'startupProbe'] as const).flatMap((probe) =>
      (spec.containers ?? []).flatMap((container, index) => {
        if (container[probe] === undefined) return [];
        const { [probe]: _, ...rest } = container;
        const containers = (spec.containers ?? []).map((each) => (each === container ? rest : each));
        const field = at(`containers[${index}].${probe}`);
        return [{ field, without: { ...workload, spec: { ...spec, containers } } }];
      }),
    ),
  ];
}

function strategyAblations(workload: DrillWorkload): Ablation[] {
  const { strategy, object, replicas, kind } = workload;
  // A StatefulSet has no field for the number of pods that it replaces at a time. A ReplicaSet or a Pod has no
  // rollout.
  if (kind !== 'Deployment' && kind !== 'DaemonSet') return [];
  if (strategy?.kind !== 'RollingUpdate') {
    const controller = kind === 'DaemonSet' ? kind : 'Deployment';
    const amounts = { maxSurge: 1, maxUnavailable: 0, partition: 0 };
    const rolling: RolloutStrategy = { kind: 'RollingUpdate', controller, ...amounts };
    return [{ field: { object, path: 'spec.strategy.type' }, without: { ...workload, strategy: rolling } }];
  }
  const path = `spec.${kind === 'DaemonSet' ? 'updateStrategy' : 'strategy'}.rollingUpdate`;
  const { surge, unavailable } = resolvePace(workload.strategy, replicas);
  const without = (change: Partial<typeof strategy>) => ({
    ...workload,
    strategy: { ...strategy, ...change },
  });
  return [
    { field: { object, path: `${path}.maxUnavailable` }, without: without({ maxUnavailable: replicas }) },
    ...(surge > 0
      ? [
          {
            field: { object, path: `${path}.maxSurge` },
            without: without({ maxSurge: 0, maxUnavailable: Math.max(1, unavailable) }),
          },
        ]
      : []),
  ];
}
