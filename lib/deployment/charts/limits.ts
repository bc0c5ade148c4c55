import { type App, Chart } from 'cdk8s';
import { NamespaceLimits } from '../../constructs/namespace-limits';
import { PriorityClass } from '../../constructs/priority-class';
import type { Model } from '../model/model';
import { mostPods, podResources } from '../model/pod-counts';
import { namePriorityClass } from '../model/priority';
import { rawAllowances } from '../model/raw-pods';
import { chartProps } from './chart-props';
import { setOrigin } from './origin';

/** The quota and the default limits of the namespace, and the PriorityClasses of its pods. */
export class LimitsChart extends Chart {
  constructor(app: App, model: Model) {
    super(app, '1-limits', chartProps(model));
    setOrigin(this, ['workloads']);
    const { namespace } = model;
    new PriorityClass(this, 'essential', {
      name: namePriorityClass(namespace, 'essential'),
      value: 100_000,
      description: `Workloads that users of ${namespace} depend on. Their pods can preempt pods of a lower priority.`,
    });
    new PriorityClass(this, 'auxiliary', {
      name: namePriorityClass(namespace, 'auxiliary'),
      value: 1000,
      description: `Monitoring and backups of ${namespace}. Their pods preempt no other pods.`,
      preempts: false,
    });
    const allowances = model.workloads.map(([, workload]) => ({
      resources: podResources(workload),
      pods: mostPods(workload),
    }));
    new NamespaceLimits(this, 'limits', { allowances: [...allowances, ...rawAllowances(model)] });
  }
}
