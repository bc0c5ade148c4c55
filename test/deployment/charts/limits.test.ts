import { mostPods } from '../../../lib/deployment/model/pod-counts';
import { parseQuantity } from '../../../lib/kubernetes/quantity';
import { at } from '../../support/at';
import { find, production } from '../../support/production';

const hard = at(find(production, 'ResourceQuota', 'quota'), 'spec.hard') as Record<string, string>;
const pods = production.documents
  .filter(({ object }) => ['Deployment', 'Job', 'CronJob'].includes(object.kind))
  .map(({ object }) => ({
    name: object.metadata.name,
    spec: at(
      object,
      object.kind === 'CronJob' ? 'spec.jobTemplate.spec.template.spec' : 'spec.template.spec',
    ),
  }));

describe('the namespace', () => {
  test('has room for every pod that may exist at once, and for no other', () => {
    const most = production.model.workloads.reduce((sum, [, workload]) => sum + mostPods(workload), 0);
    expect(hard['pods']).toBe(String(most));
  });

  test.each(['cpu', 'memory'] as const)(
    'has room for what all of them request and may use of %s',
    (resource) => {
      for (const bound of ['request', 'limit'] as const) {
        const sum = production.model.workloads.reduce(
          (total, [, workload]) =>
            total + mostPods(workload) * (parseQuantity(workload.resources[resource][bound]) ?? Number.NaN),
          0,
        );
        expect(parseQuantity(hard[`${bound}s.${resource}`] ?? '')).toBeCloseTo(sum);
      }
    },
  );

  test.each(pods)('has the priority that $name asks for', ({ spec }) => {
    expect(
      find(production, 'PriorityClass', String(at(spec, 'priorityClassName'))).metadata,
    ).not.toHaveProperty('namespace');
  });

  test('lets what users notice go before what watches it', () => {
    const value = (name: string) => at(find(production, 'PriorityClass', name), 'value');
    const classOf = (name: string) =>
      String(at(pods.find((pod) => pod.name === name)?.spec, 'priorityClassName'));
    expect(value(classOf('api'))).toBeGreaterThan(value(classOf('vmagent')) as number);
  });
});
