import { App, Chart } from 'cdk8s';
import { PriorityClass, type PriorityClassProps } from '../../lib/constructs/priority-class';
import { checkSchema } from '../../lib/kubernetes/schema/kubernetes-schema';
import { objectsOf, ofKind } from '../support/chart';

const props = { name: 'shop-first', value: 10, description: 'The tills.' };
const built = (more: Partial<PriorityClassProps> = {}) =>
  ofKind(
    objectsOf((chart) => new PriorityClass(chart, 'first', { ...props, ...more })),
    'PriorityClass',
  );

describe('PriorityClass', () => {
  test('belongs to the cluster, whatever namespace its chart has', () => {
    expect(built().metadata).toEqual({ name: 'shop-first' });
  });

  test('is at home in a chart without a namespace, too', () => {
    const chart = new Chart(new App(), 'shop', { disableResourceNameHashes: true });
    new PriorityClass(chart, 'first', props);
    expect(chart.toJson()).toEqual([expect.objectContaining({ metadata: { name: 'shop-first' } })]);
  });

  test('preempts other pods by default', () => {
    expect([built()['preemptionPolicy'], built({ preempts: false })['preemptionPolicy']]).toEqual([
      'PreemptLowerPriority',
      'Never',
    ]);
  });

  test('meets the schema', () => {
    expect(checkSchema(built())).toEqual([]);
  });

  test.each([1.5, 1_000_000_001])(
    'refuses %d, which Kubernetes keeps for itself or does not know',
    (value) => {
      expect(() => built({ value })).toThrow(
        `shop/first.value is ${value}; it must be an integer from -1000000000 to 1000000000`,
      );
    },
  );
});
