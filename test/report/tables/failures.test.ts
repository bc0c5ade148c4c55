import { Drill } from '../../../lib/analysis/drill/drill';
import { analyse } from '../../../lib/analysis/flows/reachability';
import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import { defaultTopology } from '../../../lib/kubernetes/k3s-network';
import { failuresTable } from '../../../lib/report/tables/failures';
import { node } from '../../analysis/drill/cluster';

function workload(name: string): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image: `${name}:1` }] } },
    },
  };
}

/** The failures in the table of so many workloads, and its notes. */
function tableOf(count: number) {
  const objects = Array.from({ length: count }, (_, index) => workload(`w${index}`));
  const drill = Drill.of(objects, { nodes: [node('a'), node('b')] });
  const reachability = analyse(objects, defaultTopology);
  const [table] = failuresTable({ drill, reachability, placeOf: () => undefined });
  return { when: table?.rows.map(([first]) => first?.text) ?? [], notes: table?.notes };
}

test('lists the failures of each workload', () => {
  const { when, notes } = tableOf(2);
  expect(when).toEqual(expect.arrayContaining(['node-lost', 'crash:w0', 'crash:w1']));
  expect(notes).toEqual([]);
});

test('leaves them out where there are many workloads, and says so', () => {
  const { when, notes } = tableOf(51);
  expect(when).toContain('node-lost');
  expect(when).not.toContain('crash:w0');
  expect(notes).toEqual([expect.stringContaining('left out')]);
});
