import { MetricsService, type MetricsServiceProps } from '../../../lib/constructs/metrics/metrics-service';
import { checkSchema } from '../../../lib/kubernetes/schema/kubernetes-schema';
import { at } from '../../support/at';
import { objectsOf } from '../../support/chart';

describe('MetricsService', () => {
  const service = (more: Partial<MetricsServiceProps> = {}) =>
    objectsOf((chart) => new MetricsService(chart, 'metrics', { workload: 'cart', port: 8080, ...more }));

  test('is headless, and knows pods that are not ready', () => {
    expect(at(service()[0], 'spec')).toEqual({
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: { 'app.kubernetes.io/name': 'cart' },
      ports: [{ name: 'metrics', port: 8080, targetPort: 8080, protocol: 'TCP' }],
    });
  });

  test('is called after its workload, plus the workload’s own Service', () => {
    expect(service()[0]?.metadata.name).toBe('cart-metrics');
  });

  test('meets the schema of Kubernetes', () => {
    expect(service().flatMap((object) => checkSchema(object))).toEqual([]);
  });

  test.each<[string, Partial<MetricsServiceProps>]>([
    ['port is 70000; it must be an integer from 1 to 65535', { port: 70_000 }],
    [
      'workload is "Cart"; it must be a DNS label: at most 55 characters (a-z, 0-9 and "-"), beginning with a letter',
      { workload: 'Cart' },
    ],
  ])('refuses: %s', (message, wrong) => {
    expect(() => service(wrong)).toThrow(new Error(`shop/metrics.${message}`));
  });
});
