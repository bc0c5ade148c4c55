import type { KubernetesObject } from '../../documents/kubernetes';
import type { Violation } from '../../kubernetes/schema/violation';
import type { Rule } from './rule';

/** One violation of a rule by one object. */
export interface Finding extends Omit<Violation, 'rule'> {
  readonly rule: Rule;
  /** Absent if the finding is about all documents together. */
  readonly source: KubernetesObject | undefined;
}
