import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

/** So many services, of four pods each in a rollout, fit on two nodes of 110 pods besides production's own. */
const mostServices = 40;

const crowded = {
  rule: 'node-capacity',
  objects: ['Namespace honeydue'],
  reason: 'A synth is measured, and nothing is applied: three nodes run no more than 330 pods.',
};

/** Production with so many web services more, each stated as fully as `web` is. */
export function growthConfiguration(root: string, services: number): { deployment: string; lock: string } {
  const read = (name: string) => readFileSync(join(root, 'config', name), 'utf8');
  const production = parse(read('production.yaml'));
  const { web } = production.workloads;
  // Little pods on large nodes: a rule asks whether they can hold all of them.
  const { cpu, memory } = web.resources;
  const resources = { cpu: { ...cpu, request: '1m' }, memory: { ...memory, request: '1Mi' } };
  const nodes = Object.entries<object>(production.nodes).map(([name, node]) => [
    name,
    { ...node, type: 'cx53' },
  ]);
  const names = Array.from({ length: services }, (_, index) => `service-${index}`);
  const more = names.map((name) => [name, { ...web, resources, hosts: [`${name}.${production.edge.zone}`] }]);
  const deployment = {
    ...production,
    nodes: Object.fromEntries(nodes),
    // Three nodes of 110 pods each could keep none; the drill has lines of its own.
    promises: [],
    acknowledgements: [...production.acknowledgements, ...(services > mostServices ? [crowded] : [])],
    workloads: { ...production.workloads, ...Object.fromEntries(more) },
  };
  return {
    deployment: stringify(deployment, { aliasDuplicateObjects: false }),
    lock: read('images.lock.yaml'),
  };
}
