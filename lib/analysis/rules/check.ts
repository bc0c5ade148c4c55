import type { KubernetesObject } from '../../documents/kubernetes';
import { rules as everyRule } from '.';
import type { Rule } from './rule';
import { type Report, type RunOptions, run } from './run';

export interface CheckOptions extends RunOptions {
  /** @default every rule of the package */
  readonly rules?: readonly Rule[];
}

/** Checks manifests of any origin against rules; findings come worst first, and in the objects' order. */
export function check(
  objects: readonly KubernetesObject[],
  { rules = everyRule, ...options }: CheckOptions = {},
): Report {
  return run(objects, rules, options);
}
