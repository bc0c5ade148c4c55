import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

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
    workloads: { ...production.workloads, ...Object.fromEntries(more) },
  };
  return {
    deployment: stringify(deployment, { aliasDuplicateObjects: false }),
    lock: read('images.lock.yaml'),
  };
}
