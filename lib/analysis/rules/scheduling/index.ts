import type { Rule } from '../rule';
import { limitRangeAdmits } from './limit-range-admits';
import { limitRanges } from './limit-ranges';
import { namespaceLimits } from './namespace-limits';
import { nodeAdmits } from './node-admits';
import { plausibleResources } from './plausible-resources';
import { priorityClass } from './priority-class';
import { priorityClassExists } from './priority-class-exists';
import { priorityValues } from './priority-values';
import { quantities } from './quantities';
import { quotaAdmits } from './quota-admits';
import { quotaHasRoom } from './quota-has-room';
import { requestsFit } from './requests-fit';
import { requestsWithinLimits } from './requests-within-limits';
import { resourcesStated } from './resources-stated';
import { spreadConstraints } from './spread-constraints';
import { spreadFollowsRollouts } from './spread-follows-rollouts';
import { spreadOverNodes } from './spread-over-nodes';

export const schedulingRules: readonly Rule[] = [
  quantities,
  requestsWithinLimits,
  spreadConstraints,
  resourcesStated,
  spreadOverNodes,
  namespaceLimits,
  priorityClass,
  priorityClassExists,
  nodeAdmits,
  requestsFit,
  quotaHasRoom,
  quotaAdmits,
  limitRangeAdmits,
  spreadFollowsRollouts,
  limitRanges,
  plausibleResources,
  priorityValues,
];
