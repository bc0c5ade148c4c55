import type { Rule } from '../rule';
import { autoscalerBounds } from './autoscaler-bounds';
import { autoscalerMinimum } from './autoscaler-minimum';
import { autoscalerTarget } from './autoscaler-target';
import { budgetDrains } from './budget-drains';
import { budgetEvictsUnhealthy } from './budget-evicts-unhealthy';
import { budgetForReplicas } from './budget-for-replicas';
import { counts } from './counts';
import { disruptionBudgetLimit } from './disruption-budget-limit';
import { immutableFields } from './immutable-fields';
import { oneAutoscaler } from './one-autoscaler';
import { ownPods } from './own-pods';
import { progressDeadline } from './progress-deadline';
import { recreateHasNoRollingUpdate } from './recreate-has-no-rolling-update';
import { replicasLeftToAutoscaler } from './replicas-left-to-autoscaler';
import { rollingUpdate } from './rolling-update';
import { rollingUpdateMoves } from './rolling-update-moves';
import { rolloutHasRoom } from './rollout-has-room';
import { selectorMatchesTemplate } from './selector-matches-template';
import { severalReplicas } from './several-replicas';
import { singletonWorker } from './singleton-worker';
import { updateStrategies } from './update-strategies';

export const rolloutRules: readonly Rule[] = [
  selectorMatchesTemplate,
  recreateHasNoRollingUpdate,
  rollingUpdateMoves,
  progressDeadline,
  disruptionBudgetLimit,
  autoscalerBounds,
  immutableFields,
  severalReplicas,
  replicasLeftToAutoscaler,
  autoscalerMinimum,
  rollingUpdate,
  budgetForReplicas,
  budgetDrains,
  budgetEvictsUnhealthy,
  autoscalerTarget,
  singletonWorker,
  rolloutHasRoom,
  counts,
  updateStrategies,
  ownPods,
  oneAutoscaler,
];
