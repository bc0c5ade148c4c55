import type { Rule } from '../rule';
import { annotations } from './annotations';
import { anonymousBindings } from './anonymous-bindings';
import { apparmorProfile } from './apparmor-profile';
import { autoscalerBounds } from './autoscaler-bounds';
import { autoscalerMinimum } from './autoscaler-minimum';
import { autoscalerTarget } from './autoscaler-target';
import { bindingSubjects } from './binding-subjects';
import { boundedScratch } from './bounded-scratch';
import { budgetDrains } from './budget-drains';
import { budgetEvictsUnhealthy } from './budget-evicts-unhealthy';
import { budgetForReplicas } from './budget-for-replicas';
import { chartFailurePolicy } from './chart-failure-policy';
import { claimReferences } from './claim-references';
import { claims } from './claims';
import { clusterAdminBindings } from './cluster-admin-bindings';
import { configKeysRead } from './config-keys-read';
import { configReferences } from './config-references';
import { configRestarts } from './config-restarts';
import { containerNames } from './container-names';
import { containerPorts } from './container-ports';
import { cronJobConcurrency } from './cron-job-concurrency';
import { cronJobDeadline } from './cron-job-deadline';
import { cronSchedule } from './cron-schedule';
import { dataKeys } from './data-keys';
import { defaultNamespace } from './default-namespace';
import { deprecatedServiceAccount } from './deprecated-service-account';
import { disruptionBudgetLimit } from './disruption-budget-limit';
import { drainsConnections } from './drains-connections';
import { dropCapabilities } from './drop-capabilities';
import { droppedFields } from './dropped-fields';
import { duplicateEnvironment } from './duplicate-environment';
import { environmentSources } from './environment-sources';
import { exclusiveVolume } from './exclusive-volume';
import { graceCoversPreStop } from './grace-covers-pre-stop';
import { highUserId } from './high-user-id';
import { hostAliases } from './host-aliases';
import { hostNamespaces } from './host-namespaces';
import { hostPorts } from './host-ports';
import { hostProcess } from './host-process';
import { imageByDigest } from './image-by-digest';
import { immutableFields } from './immutable-fields';
import { ingressBackends } from './ingress-backends';
import { ingressEntryPoint } from './ingress-entry-point';
import { ingressHosts } from './ingress-hosts';
import { ingressMiddlewares } from './ingress-middlewares';
import { ingressPaths } from './ingress-paths';
import { ingressTls } from './ingress-tls';
import { initContainersEnd } from './init-containers-end';
import { instanceMetadata } from './instance-metadata';
import { jobCleanup } from './job-cleanup';
import { jobDeadline } from './job-deadline';
import { jobNameFollowsTemplate } from './job-name-follows-template';
import { knownKinds } from './known-kinds';
import { knownWords } from './known-words';
import { kubernetesSchema } from './kubernetes-schema';
import { labels } from './labels';
import { literalSecrets } from './literal-secrets';
import { mountPaths } from './mount-paths';
import { namespaceLimits } from './namespace-limits';
import { networkPolicyPeers } from './network-policy-peers';
import { networkPolicyPeersExist } from './network-policy-peers-exist';
import { networkPolicySelects } from './network-policy-selects';
import { noOptionalSecrets } from './no-optional-secrets';
import { noServiceAccountToken } from './no-service-account-token';
import { objectNames } from './object-names';
import { ownServiceAccount } from './own-service-account';
import { pinnedVolume } from './pinned-volume';
import { podIsolation } from './pod-isolation';
import { podSecurityLabels } from './pod-security-labels';
import { portNames } from './port-names';
import { priorityClass } from './priority-class';
import { privilegeAgrees } from './privilege-agrees';
import { privilegeEscalation } from './privilege-escalation';
import { privileged } from './privileged';
import { probeHandlers } from './probe-handlers';
import { probeHost } from './probe-host';
import { probePaths } from './probe-paths';
import { probePorts } from './probe-ports';
import { probesDiffer } from './probes-differ';
import { probesStated } from './probes-stated';
import { procMount } from './proc-mount';
import { progressDeadline } from './progress-deadline';
import { quantities } from './quantities';
import { quotaHasRoom } from './quota-has-room';
import { rbacEscalation } from './rbac-escalation';
import { rbacPods } from './rbac-pods';
import { rbacSecrets } from './rbac-secrets';
import { rbacWildcards } from './rbac-wildcards';
import { readOnlyRootFilesystem } from './read-only-root-filesystem';
import { recommendedLabels } from './recommended-labels';
import { recreateHasNoRollingUpdate } from './recreate-has-no-rolling-update';
import { redisMemory } from './redis-memory';
import { replicasLeftToAutoscaler } from './replicas-left-to-autoscaler';
import { requestsFit } from './requests-fit';
import { requestsWithinLimits } from './requests-within-limits';
import { resourcesStated } from './resources-stated';
import { restartPolicy } from './restart-policy';
import { rollingUpdate } from './rolling-update';
import { rollingUpdateMoves } from './rolling-update-moves';
import { rolloutHasRoom } from './rollout-has-room';
import { runAsNonRoot } from './run-as-non-root';
import { seccompProfile } from './seccomp-profile';
import { secretKeysRead } from './secret-keys-read';
import { secretReferences } from './secret-references';
import { secretTypeKeys } from './secret-type-keys';
import { secretsInConfig } from './secrets-in-config';
import { selectorMatchesTemplate } from './selector-matches-template';
import { selinuxOptions } from './selinux-options';
import { serviceExternalAddresses } from './service-external-addresses';
import { servicePorts } from './service-ports';
import { serviceSelectsPods } from './service-selects-pods';
import { serviceTargetPorts } from './service-target-ports';
import { serviceType } from './service-type';
import { severalReplicas } from './several-replicas';
import { sharedProcessNamespace } from './shared-process-namespace';
import { sharedVariables } from './shared-variables';
import { singletonWorker } from './singleton-worker';
import { spreadConstraints } from './spread-constraints';
import { spreadFollowsRollouts } from './spread-follows-rollouts';
import { spreadOverNodes } from './spread-over-nodes';
import { sshPort } from './ssh-port';
import { startupBudget } from './startup-budget';
import { sysctls } from './sysctls';
import { uniqueObjects } from './unique-objects';
import { unprivilegedPorts } from './unprivileged-ports';
import { volumeMounts } from './volume-mounts';
import { volumeTypes } from './volume-types';
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

/** What the linters of the field ask. */
export const linterRules: readonly Rule[] = [
  droppedFields,
  knownKinds,
  runAsNonRoot,
  highUserId,
  seccompProfile,
  privilegeEscalation,
  privileged,
  dropCapabilities,
  readOnlyRootFilesystem,
  boundedScratch,
  hostNamespaces,
  hostProcess,
  volumeTypes,
  hostPorts,
  unprivilegedPorts,
  probeHost,
  procMount,
  sysctls,
  selinuxOptions,
  apparmorProfile,
  hostAliases,
  sharedProcessNamespace,
  sshPort,
  ownServiceAccount,
  noServiceAccountToken,
  deprecatedServiceAccount,
  resourcesStated,
  imageByDigest,
  probesStated,
  probesDiffer,
  probePorts,
  severalReplicas,
  replicasLeftToAutoscaler,
  autoscalerMinimum,
  rollingUpdate,
  spreadOverNodes,
  budgetForReplicas,
  budgetDrains,
  budgetEvictsUnhealthy,
  autoscalerTarget,
  podIsolation,
  networkPolicySelects,
  networkPolicyPeersExist,
  serviceSelectsPods,
  serviceTargetPorts,
  serviceType,
  serviceExternalAddresses,
  ingressBackends,
  ingressTls,
  ingressHosts,
  ingressMiddlewares,
  configReferences,
  secretReferences,
  claimReferences,
  literalSecrets,
  secretsInConfig,
  defaultNamespace,
  podSecurityLabels,
  namespaceLimits,
  priorityClass,
  recommendedLabels,
  cronJobDeadline,
  cronJobConcurrency,
  jobCleanup,
  jobDeadline,
  rbacWildcards,
  rbacSecrets,
  rbacEscalation,
  rbacPods,
  clusterAdminBindings,
  anonymousBindings,
];

/** What only this repository knows. */
export const ownRules: readonly Rule[] = [
  exclusiveVolume,
  singletonWorker,
  pinnedVolume,
  probePaths,
  redisMemory,
  requestsFit,
  quotaHasRoom,
  rolloutHasRoom,
  spreadFollowsRollouts,
  graceCoversPreStop,
  drainsConnections,
  startupBudget,
  configKeysRead,
  secretKeysRead,
  noOptionalSecrets,
  configRestarts,
  sharedVariables,
  jobNameFollowsTemplate,
  instanceMetadata,
  ingressEntryPoint,
  chartFailurePolicy,
];

/** Every rule, in the order of docs/rules.md. */
export const rules: readonly Rule[] = [...apiServerRules, ...linterRules, ...ownRules];
