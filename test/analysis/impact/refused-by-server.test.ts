import { impact } from '../../../lib/analysis/impact/impact';
import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import type { Output } from '../../../lib/documents/output';
import { defaultTopology } from '../../../lib/kubernetes/k3s-network';

const service = (spec: KubernetesObject[string], name = 'cart'): KubernetesObject => ({
  ...{ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' } },
  spec,
});

const output = (...objects: KubernetesObject[]): Output => ({
  objects: objects.map((object) => ({ file: 'shop.yaml', object })),
  ...{ stacks: [], rules: [], texts: new Map() },
});

const failsOf = (base: Output, head: Output) =>
  impact(base, head, defaultTopology)
    .consequences.filter((each) => each.class === 'fails')
    .map(({ object, field }) => `${object} ${field}`);

const right = service({ ports: [{ port: 80 }] });
const wrong = service({ ports: [{ port: 70_000 }] });

test('a value that the API server refuses fails where it is new', () => {
  expect(failsOf(output(right), output(wrong))).toEqual(['Service shop/cart spec.ports[0].port']);
  expect(failsOf(output(), output(wrong))).toEqual(['Service shop/cart spec.ports[0].port']);
});

test('a value that the base has, too, was accepted', () => {
  const other = service({ ports: [{ port: 81 }] }, 'search');
  expect(failsOf(output(wrong), output(wrong, other))).toEqual([]);
});
