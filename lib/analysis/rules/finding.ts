import type { KubernetesObject } from '../../documents/kubernetes';
import type { Violation } from '../../kubernetes/schema/violation';
import type { Rule } from './rule';

/** One violation, with the rule that says so and the object that it says it of. */
export interface Finding extends Omit<Violation, 'rule'> {
  readonly rule: Rule;
  /** Absent where it is about the documents as a whole. */
  readonly source: KubernetesObject | undefined;
}
