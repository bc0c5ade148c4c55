import type { Rule } from '../rule';
import { danglingHorizontalpodautoscaler } from './dangling-horizontalpodautoscaler';
import { deploymentReplicas } from './deployment-replicas';
import { duplicateHorizontalpodautoscaler } from './duplicate-horizontalpodautoscaler';
import { hpaFields } from './hpa-fields';
import { hpaMinAvailability } from './hpa-min-availability';
import { immutableFields } from './immutable-fields';
import { mismatchingSelector } from './mismatching-selector';
import { missingPodDisruptionBudget } from './missing-pod-disruption-budget';
import { negativeCounts } from './negative-counts';
import { noRollingUpdateStrategy } from './no-rolling-update-strategy';
import { overlappingSelectors } from './overlapping-selectors';
import { pdbDisruptionsIsZero } from './pdb-disruptions-is-zero';
import { pdbLimits } from './pdb-limits';
import { pdbUnhealthyPodEvictionPolicy } from './pdb-unhealthy-pod-eviction-policy';
import { progressDeadline } from './progress-deadline';
import { recreateWithRollingUpdate } from './recreate-with-rolling-update';
import { replicasWithAutoscaler } from './replicas-with-autoscaler';
import { rollingUpdateParameters } from './rolling-update-parameters';
import { singletonWorker } from './singleton-worker';
import { stuckRollout } from './stuck-rollout';
import { updateStrategies } from './update-strategies';

export const rolloutRules: readonly Rule[] = [
  mismatchingSelector,
  recreateWithRollingUpdate,
  rollingUpdateParameters,
  progressDeadline,
  pdbLimits,
  hpaFields,
  immutableFields,
  deploymentReplicas,
  replicasWithAutoscaler,
  hpaMinAvailability,
  noRollingUpdateStrategy,
  missingPodDisruptionBudget,
  pdbDisruptionsIsZero,
  pdbUnhealthyPodEvictionPolicy,
  danglingHorizontalpodautoscaler,
  singletonWorker,
  stuckRollout,
  negativeCounts,
  updateStrategies,
  overlappingSelectors,
  duplicateHorizontalpodautoscaler,
];
