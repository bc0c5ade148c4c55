import { Chart, JsonPatch } from 'cdk8s';
import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { Construct } from 'constructs';
import { objectName, wholeNumber } from '../kubernetes/value-rule';
import { refuse, ruleProblem } from './props-error';

export interface PriorityClassProps {
  /**
   * The name. It is unique in the cluster, so include the namespace if several deployments share a cluster.
   */
  readonly name: string;
  /** Pods with a higher number are scheduled first. Pods without a class have 0. It can't be changed in place. */
  readonly value: number;
  /** What kind of pods the class is for. */
  readonly description: string;
  /** Whether its pods may preempt others. It can't be changed in place. @default true */
  readonly preempts?: boolean;
}

/** The largest value for users; Kubernetes' own classes have larger ones. */
const highest = 1_000_000_000;

/** A PriorityClass: if capacity is short, pods with a higher value preempt others. It is not namespaced. */
export class PriorityClass extends Construct {
  constructor(scope: Construct, id: string, props: PriorityClassProps) {
    super(scope, id);
    const { name, value, description, preempts = true } = props;
    refuse(this, props, [
      ruleProblem(['name'], name, objectName),
      ruleProblem(['value'], value, wholeNumber(-highest, highest)),
    ]);
    const object = new k8s.KubePriorityClass(this, 'priority-class', {
      metadata: { name },
      value,
      description,
      preemptionPolicy: preempts ? 'PreemptLowerPriority' : 'Never',
    });
    // cdk8s sets the chart's namespace on every object, but a PriorityClass has none.
    if (Chart.of(this).namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  }
}
