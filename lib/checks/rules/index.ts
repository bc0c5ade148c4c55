import type { Rule } from '../rule';
import { annotations } from './annotations';
import { autoscalerBounds } from './autoscaler-bounds';
import { bindingSubjects } from './binding-subjects';
import { claims } from './claims';
import { containerNames } from './container-names';
import { containerPorts } from './container-ports';
import { cronSchedule } from './cron-schedule';
import { dataKeys } from './data-keys';
import { disruptionBudgetLimit } from './disruption-budget-limit';
import { duplicateEnvironment } from './duplicate-environment';
import { environmentSources } from './environment-sources';
import { immutableFields } from './immutable-fields';
import { ingressPaths } from './ingress-paths';
import { initContainersEnd } from './init-containers-end';
import { knownWords } from './known-words';
import { kubernetesSchema } from './kubernetes-schema';
import { labels } from './labels';
import { mountPaths } from './mount-paths';
import { networkPolicyPeers } from './network-policy-peers';
import { objectNames } from './object-names';
import { portNames } from './port-names';
import { privilegeAgrees } from './privilege-agrees';
import { probeHandlers } from './probe-handlers';
import { progressDeadline } from './progress-deadline';
import { quantities } from './quantities';
import { recreateHasNoRollingUpdate } from './recreate-has-no-rolling-update';
import { requestsWithinLimits } from './requests-within-limits';
import { restartPolicy } from './restart-policy';
import { rollingUpdateMoves } from './rolling-update-moves';
import { secretTypeKeys } from './secret-type-keys';
import { selectorMatchesTemplate } from './selector-matches-template';
import { servicePorts } from './service-ports';
import { spreadConstraints } from './spread-constraints';
import { uniqueObjects } from './unique-objects';
import { volumeMounts } from './volume-mounts';
import { volumes } from './volumes';

/** What the API server refuses and a schema does not catch. */
export const apiServerRules: readonly Rule[] = [
  kubernetesSchema,
  knownWords,
  uniqueObjects,
  objectNames,
  labels,
  annotations,
  selectorMatchesTemplate,
  restartPolicy,
  recreateHasNoRollingUpdate,
  rollingUpdateMoves,
  progressDeadline,
  containerNames,
  portNames,
  containerPorts,
  servicePorts,
  quantities,
  requestsWithinLimits,
  volumes,
  volumeMounts,
  mountPaths,
  probeHandlers,
  initContainersEnd,
  duplicateEnvironment,
  environmentSources,
  privilegeAgrees,
  cronSchedule,
  disruptionBudgetLimit,
  autoscalerBounds,
  ingressPaths,
  networkPolicyPeers,
  claims,
  dataKeys,
  secretTypeKeys,
  spreadConstraints,
  immutableFields,
  bindingSubjects,
];

/** Every rule, in the order of docs/rules.md. */
export const rules: readonly Rule[] = [...apiServerRules];
