import { Drill } from '../../lib/analysis/drill/drill';
import type { KubernetesObject } from '../../lib/documents/kubernetes';
import { drillMatrix } from '../../lib/report/drill-matrix';

function deployment(name: string, replicas: number): KubernetesObject {
  const labels = { 'app.kubernetes.io/name': name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name, image: 'registry.example.com/app:1' }] },
      },
    },
  };
}

const node = (name: string) => ({ name, capacity: { cpu: 64, memory: 2 ** 40 }, labels: {}, isServer: true });

function matrixOf(count: number): string {
  const many = Array.from({ length: count }, (_, index) => deployment(`small-${index}`, 1));
  const objects = [...many, deployment('large', 3)];
  const drill = Drill.of(objects, { nodes: ['a', 'b', 'c'].map(node) });
  return drillMatrix(drill, false, undefined, 110).join('\n');
}

test('up to 50 workloads each have a column, and each crash has a row', () => {
  const matrix = matrixOf(49);
  expect(matrix.split('\n')[0]).toMatch(/^when +small-0 .* small-48 +large$/);
  expect(matrix).toMatch(/^crash:small-48 /m);
});

test('above 50 workloads those with equal results share a column, and a crash has no row', () => {
  const [head = '', ...rows] = matrixOf(50).split('\n');
  expect(head).toMatch(/^when +small-0 \+49 +large$/);
  expect(rows.join('\n')).not.toContain('crash:');
  expect(rows.join(' ')).toContain('npx honeydue drill --format json lists all results.');
});
