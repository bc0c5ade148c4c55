import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNodes } from '../../lib/input/node-facts';
import type { Node } from '../../lib/kubernetes/scheduling/node';
import { withDirectory } from '../support/configuration';

function read(text: string): Node[] {
  return withDirectory((directory) => {
    const file = join(directory, 'nodes.yaml');
    writeFileSync(file, text);
    return readNodes(file);
  });
}

function problemsOf(text: string): string {
  try {
    read(text);
    return '';
  } catch (error) {
    return (error as Error).message.replaceAll(/^\S*nodes\.yaml:/gm, '');
  }
}

describe('a file of nodes', () => {
  test('lists what each node has', () => {
    expect(
      read(`
- name: one
  cpu: 4
  memory: 8Gi
  reserved: { cpu: 500m }
  labels: { disk: fast }
  taints: [{ key: gpu, effect: NoSchedule }]
  zone: east
  server: true
`),
    ).toEqual([
      {
        name: 'one',
        labels: {
          'kubernetes.io/hostname': 'one',
          'kubernetes.io/os': 'linux',
          'topology.kubernetes.io/zone': 'east',
          disk: 'fast',
        },
        taints: [{ key: 'gpu', effect: 'NoSchedule' }],
        capacity: { cpu: 4, memory: 8 * 2 ** 30 },
        reserved: { cpu: 0.5, memory: 0 },
        zone: 'east',
        isServer: true,
      },
    ]);
  });

  test('leaves open what is reserved', () => {
    expect(read('[{ name: one, cpu: 4, memory: 8Gi }]')[0]?.reserved).toBeUndefined();
  });

  test('may be what kubectl get nodes -o yaml prints', () => {
    const [node] = read(`
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Node
    metadata:
      name: one
      labels: { topology.kubernetes.io/zone: east, node-role.kubernetes.io/control-plane: "true" }
    spec: { taints: [{ key: gpu, effect: NoSchedule }] }
    status:
      capacity: { cpu: "4", memory: 8388608Ki, pods: "110" }
      allocatable: { cpu: 3500m, memory: 7Gi, pods: "110" }
`);
    expect(node).toMatchObject({ name: 'one', zone: 'east', isServer: true });
    expect(node?.capacity).toEqual({ cpu: 4, memory: 8 * 2 ** 30 });
    expect(node?.reserved).toEqual({ cpu: 0.5, memory: 924 * 2 ** 20 });
    expect(node?.taints).toEqual([{ key: 'gpu', effect: 'NoSchedule' }]);
  });

  test.each([
    ['{ name: one }', /^1:1 must be a list of nodes/],
    ['[]', /^1:1 must be a list of nodes/],
    ['[{ name: one, cpu: 4 }]', /^1:2 \[0\]: lacks memory, such as 8Gi/],
    ['[{ cpu: 4, memory: 8Gi }]', /^1:2 \[0\]\.name: must be the name of the node/],
    ['[{ name: one, cpu: 4x, memory: 8Gi }]', /^1:20 \[0\]\.cpu: is "4x"; it must be a quantity/],
    ['[{ name: one, cpu: 4, memory: 8Gi, disk: 1 }]', /^1:42 \[0\]\.disk: is not a field of a node/],
    ['[{ name: one, cpu: 4, memory: 8Gi, zone: 1 }]', /^1:42 \[0\]\.zone: must be a name/],
    [
      '[{ name: one, cpu: 4, memory: 8Gi, server: yes please }]',
      /^1:44 \[0\]\.server: must be true or false/,
    ],
    ['[{ name: one, cpu: 4, memory: 8Gi, labels: { a: true } }]', /^1:44 \[0\]\.labels: must be a map/],
    [
      '[{ name: one, cpu: 4, memory: 8Gi, taints: [{ key: a }] }]',
      /^1:44 \[0\]\.taints: must be a list of taints/,
    ],
    [
      '- { name: one, cpu: 4, memory: 8Gi }\n- { name: one, cpu: 4, memory: 8Gi }',
      /^2:3 \[1\]: is a second node with the name one/,
    ],
  ])('%s is refused', (text, problem) => {
    expect(problemsOf(text)).toMatch(problem);
  });
});
