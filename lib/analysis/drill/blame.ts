import { type DrillWorkload, type Field, podField } from './cluster/workload';
import type { Failure } from './failure';
import type { FailureOutcome } from './outcome';

/** Finds the field whose change most likely fixes a broken promise. */
export function blame(
  { kind }: Failure,
  workload: DrillWorkload,
  { of, unknown, recovery, stuck, isStuckForRoom }: FailureOutcome,
  promised: string,
  least = 0,
): Field {
  const { object, spread, budgets, unmodelled, replicas, mostReplicas, replicasField } = workload;
  const { boundClaim, strategy, spec } = workload;
  const [unknownField] = unmodelled;
  const [obstacle] = workload.obstacles;
  if (obstacle !== undefined) return { object, path: obstacle.path };
  if (unknown.length > 0 && unknownField !== undefined) return unknownField;
  if (promised === 'ready' && of < least) return replicasField;
  if (promised === 'running') return { object, path: 'spec.strategy' };
  if (kind === 'node-drained' && promised === 'completes') return budgets[0]?.field ?? replicasField;
  if (kind === 'bad-image') {
    const blind = (spec.containers ?? []).findIndex(({ readinessProbe }) => readinessProbe === undefined);
    if (blind >= 0 && strategy?.kind === 'RollingUpdate') return podField(workload, `containers[${blind}]`);
    return { object, path: 'spec.strategy' };
  }
  const waitsForRoom = recovery.kind === 'until' && recovery.lacksRoom === true;
  if (stuck === undefined ? waitsForRoom : isStuckForRoom === true) {
    return podField(workload, 'containers[0].resources.requests');
  }
  if (boundClaim !== undefined) return boundClaim.field;
  if (kind === 'rollout' && promised === 'ready') return { object, path: 'spec.strategy' };
  if (promised === 'ready' && mostReplicas > replicas) return replicasField;
  const [rule] = spread;
  if (rule !== undefined) return rule.field;
  return of === 1 ? replicasField : podField(workload, 'topologySpreadConstraints');
}
