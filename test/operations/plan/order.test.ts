import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import { closingPhase, phaseIn } from '../../../lib/operations/plan/order';
import { configMap } from '../support/objects';

const quota = (cpu: string) =>
  ({ ...configMap({}), kind: 'ResourceQuota', spec: { hard: { 'limits.cpu': cpu } } }) as KubernetesObject;
const namespace = (level?: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: 'shop',
    labels: level === undefined ? {} : { 'pod-security.kubernetes.io/enforce': level },
  },
});

test('an object has the phase of its file', () => {
  expect(phaseIn('1-config.k8s.yaml', configMap({}), undefined)).toBe(1);
});

test('a file without a number belongs to the workloads', () => {
  expect(phaseIn('shop.yaml', configMap({}), undefined)).toBe(3);
});

test.each([
  ['a quota that shrinks', quota('10'), quota('8'), closingPhase],
  ['a quota that grows', quota('10'), quota('12'), 1],
  ['a quota of an equal amount in another unit', quota('1000m'), quota('1'), 1],
  ['a namespace that becomes stricter', namespace(), namespace('restricted'), closingPhase],
  ['a namespace that becomes less strict', namespace('restricted'), namespace('baseline'), 1],
])('%s is applied in its phase', (_, live, desired, phase) => {
  expect(phaseIn('1-limits.k8s.yaml', desired, live)).toBe(phase);
});
