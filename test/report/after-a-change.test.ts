import type { KubernetesObject } from '../../lib/documents/kubernetes';
import { leftBehindText } from '../../lib/report/left-behind';
import { shrinkingQuota } from '../../lib/report/shrinking-quota';

const object = (kind: string, name: string, more: object = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: 'shop' },
  ...more,
});
const namespace: KubernetesObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };

describe('what an apply leaves running', () => {
  test('is reported with the command that removes it', () => {
    expect(leftBehindText([object('Service', 'cart')], [])).toContain(
      '\n  kubectl delete service cart -n shop\n',
    );
  });

  test.each([
    [object('PersistentVolumeClaim', 'data'), 'deleting the claim deletes its data'],
    [
      object('HelmChartConfig', 'traefik'),
      'deleting the HelmChartConfig restores the chart values of k3s, so Traefik opens port 80 and gets a LoadBalancer Service',
    ],
    [namespace, 'deleting the namespace deletes all of its objects, including data and Secrets'],
  ])('is told without a command where that would destroy: $kind', (gone, consequence) => {
    const text = leftBehindText([gone], []);
    expect(text).toContain(`\n  # ${gone.kind} ${gone.metadata.name} also stays; ${consequence}\n`);
    expect(text).not.toContain('kubectl delete');
  });

  test('is the namespace alone, where that is gone with all in it', () => {
    expect(leftBehindText([namespace, object('Service', 'cart')], [])).not.toContain('cart');
  });

  test('is nothing that is still described, and no Job', () => {
    expect(leftBehindText([namespace, object('Job', 'migration')], [namespace])).toBe('');
  });
});

describe('a quota', () => {
  const quota = (memory: string) =>
    object('ResourceQuota', 'quota', { spec: { hard: { 'requests.memory': memory } } });

  test('that shrinks must be applied last', () => {
    const text = shrinkingQuota([quota('4Gi')], [quota('3Gi')]);
    expect(text).toContain('apply the file when all rollouts have finished');
    expect(text).toContain('\n  requests.memory: 4Gi -> 3Gi\n');
  });

  test.each(['4Gi', '4096Mi', '5Gi'])(
    'that does not shrink, as from 4Gi to %s, is nothing to tell',
    (memory) => {
      expect(shrinkingQuota([quota('4Gi')], [quota(memory)])).toBe('');
    },
  );
});
