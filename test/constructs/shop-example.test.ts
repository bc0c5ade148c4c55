import { join } from 'node:path';
import { check, drill, type KubernetesObject, type Node, readManifests } from '../../lib';
import { withDirectory } from '../support/configuration';

const nodes: readonly Node[] = ['one', 'two', 'three'].map((name) => ({
  name,
  labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' },
  capacity: { cpu: 4, memory: 8 * 2 ** 30 },
  reserved: { cpu: 0.5, memory: 2 ** 30 },
}));

/** What the example of docs/constructs.md writes. */
function exampleObjects(): readonly KubernetesObject[] {
  let objects: readonly KubernetesObject[] = [];
  withDirectory((directory) => {
    process.env['CDK8S_OUTDIR'] = directory;
    require('../../examples/shop');
    delete process.env['CDK8S_OUTDIR'];
    objects = readManifests([join(directory, 'shop.k8s.yaml')]);
  });
  return objects;
}

describe('the example of the constructs', () => {
  let objects: readonly KubernetesObject[];

  beforeAll(() => {
    objects = exampleObjects();
  });

  test('breaks no rule', () => {
    expect(check(objects).open).toEqual([]);
  });

  test('has nothing that the drill does not know', () => {
    const { failures, notModelled } = drill(objects, { nodes });
    const outcomes = failures.flatMap((failure) => failure.outcomes);
    expect([notModelled, outcomes.filter(({ ready }) => ready === undefined)]).toEqual([[], []]);
  });

  test('survives the loss and the drain of each node, and its own rollout', () => {
    const survived = drill(objects, { nodes })
      .failures.filter(({ id }) => /^(node-|rollout)/.test(id))
      .flatMap(({ outcomes }) => outcomes);
    expect(survived.filter(({ ready, recovery }) => ready === 0 || recovery.kind === 'until')).toEqual([]);
  });
});
