import { configurationRules } from './configuration';
import { jobsRules } from './jobs';
import { networkPolicyRules } from './network-policies';
import { networkingRules } from './networking';
import { objectsRules } from './objects';
import { podsRules } from './pods';
import { rbacRules } from './rbac';
import { rolloutRules } from './rollout';
import type { Rule } from './rule';
import { schedulingRules } from './scheduling';
import { securityRules } from './security';
import { storageRules } from './storage';

/** All rules by subject, in the order of docs/rules.md. */
export const rulesBySubject = {
  objects: objectsRules,
  pods: podsRules,
  security: securityRules,
  rbac: rbacRules,
  configuration: configurationRules,
  storage: storageRules,
  networking: networkingRules,
  networkPolicies: networkPolicyRules,
  scheduling: schedulingRules,
  rollout: rolloutRules,
  jobs: jobsRules,
} as const satisfies Readonly<Record<string, readonly Rule[]>>;

/** All rules. */
export const rules: readonly Rule[] = Object.values(rulesBySubject).flat();
