import { Chart, JsonPatch } from 'cdk8s';
import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { Construct } from 'constructs';
import { objectName, wholeNumber } from '../kubernetes/value-rule';
import { refuse, ruleProblem } from './props-error';

export interface PriorityClassProps {
  /** The whole cluster's, so it carries the namespace in it where several deployments may share a cluster. */
  readonly name: string;
  /** Pods with a higher number are scheduled first. Pods without a class have 0. It can't be changed in place. */
  readonly value: number;
  /** What kind of pods the class is for. */
  readonly description: string;
  /** Whether its pods may evict others to find room. It can't be changed in place. @default true */
  readonly preempts?: boolean;
}

/** What Kubernetes leaves to its users; above are its own classes. */
const highest = 1_000_000_000;

/** How important pods are, when not all of them find room. It belongs to the cluster and to no namespace. */
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
    // cdk8s puts the chart's namespace on every object, and this one lies in none.
    if (Chart.of(this).namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  }
}
