import type { Rule } from '../rule';
import { containerResources } from './container-resources';
import { enforcedPodSecurity } from './enforced-pod-security';
import { exceededQuota } from './exceeded-quota';
import { limitRangeConstraints } from './limit-range-constraints';
import { limitRangeValues } from './limit-range-values';
import { namespaceLimits } from './namespace-limits';
import { nodeCapacity } from './node-capacity';
import { plausibleResources } from './plausible-resources';
import { priorityClassName } from './priority-class-name';
import { priorityClassReferences } from './priority-class-references';
import { priorityClassValues } from './priority-class-values';
import { quotaRequiredResources } from './quota-required-resources';
import { requestsWithinLimits } from './requests-within-limits';
import { resourceQuantities } from './resource-quantities';
import { schedulablePods } from './schedulable-pods';
import { spreadAcrossNodes } from './spread-across-nodes';
import { topologySpreadConstraints } from './topology-spread-constraints';
import { topologySpreadDuringRollouts } from './topology-spread-during-rollouts';

export const schedulingRules: readonly Rule[] = [
  resourceQuantities,
  requestsWithinLimits,
  topologySpreadConstraints,
  containerResources,
  spreadAcrossNodes,
  namespaceLimits,
  priorityClassName,
  priorityClassReferences,
  schedulablePods,
  enforcedPodSecurity,
  nodeCapacity,
  exceededQuota,
  quotaRequiredResources,
  limitRangeConstraints,
  topologySpreadDuringRollouts,
  limitRangeValues,
  plausibleResources,
  priorityClassValues,
];
