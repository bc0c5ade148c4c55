import type { KubernetesObject } from '../../documents/kubernetes';
import { rules as everyRule } from '.';
import type { Rule } from './rule';
import { type Report, type RunOptions, run } from './run';

export interface CheckOptions extends RunOptions {
  /** @default every rule of this package */
  readonly rules?: readonly Rule[];
}

/** Checks manifests of any origin with rules. Findings are sorted by severity, then in the order of the objects. */
export function check(
  objects: readonly KubernetesObject[],
  { rules = everyRule, ...options }: CheckOptions = {},
): Report {
  return run(objects, rules, options);
}
