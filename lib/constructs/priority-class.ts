import { Chart, JsonPatch } from 'cdk8s';
import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { Construct } from 'constructs';
import { objectName, wholeNumber } from '../kubernetes/value-rule';
import { refuse, ruleProblem } from './props-error';

export interface PriorityClassProps {
  /**
   * The name of the class. It must be unique in the cluster: include the namespace if several deployments
   * share a cluster.
   */
  readonly name: string;
  /**
   * The priority of the pods. Pods with a higher value are scheduled first; pods without a class have 0. The
   * value is immutable.
   */
  readonly value: number;
  /** A description of the pods that use the class. */
  readonly description: string;
  /** Whether pods of the class can preempt other pods. The setting is immutable. @default true */
  readonly preempts?: boolean;
}

/** The highest value that users can set. Only Kubernetes' own classes have higher values. */
const highest = 1_000_000_000;

/**
 * A PriorityClass, which is a cluster-scoped object. If capacity is short, pods with a higher value preempt
 * other pods.
 */
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
