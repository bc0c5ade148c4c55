import { type App, Chart } from 'cdk8s';
import { NamespaceLimits } from '../../constructs/namespace-limits';
import { PriorityClass } from '../../constructs/priority-class';
import type { Model } from '../model/model';
import { mostPods } from '../model/pod-counts';
import { namePriorityClass } from '../model/priority';
import { chartProps } from './chart-props';
import { setOrigin } from './origin';

/** What the namespace may use, and who goes first when not everything finds room. */
export class LimitsChart extends Chart {
  constructor(app: App, model: Model) {
    super(app, '1-limits', chartProps(model));
    setOrigin(this, ['workloads']);
    const { namespace } = model;
    new PriorityClass(this, 'essential', {
      name: namePriorityClass(namespace, 'essential'),
      value: 100_000,
      description: `What users of ${namespace} notice. It may take the place of anything less important.`,
    });
    new PriorityClass(this, 'auxiliary', {
      name: namePriorityClass(namespace, 'auxiliary'),
      value: 1000,
      description: `What watches ${namespace} and backs it up. It waits for room.`,
      preempts: false,
    });
    const allowances = model.workloads.map(([, workload]) => ({
      resources: workload.resources,
      pods: mostPods(workload),
    }));
    new NamespaceLimits(this, 'limits', { allowances });
  }
}
