import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

/**
 * Maximum number of additional services on two nodes: each service has four pods, and a node holds 110 pods, including
 * production's own.
 */
const mostServices = 40;

const crowded = {
  rule: 'node-capacity',
  objects: ['Namespace honeydue'],
  reason: 'A synth is measured, and nothing is applied: three nodes run no more than 330 pods.',
};

/** Production with additional web services, each with the same keys as `web`. */
export function growthConfiguration(root: string, services: number): { deployment: string; lock: string } {
  const read = (name: string) => readFileSync(join(root, 'config', name), 'utf8');
  const production = parse(read('production.yaml'));
  const { web } = production.workloads;
  // The pods request little and the nodes are large, because a rule checks that all pods fit.
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
    // Three nodes with 110 pods each can't keep the promises. A broken promise would end the synth.
    promises: [],
    acknowledgements: [...production.acknowledgements, ...(services > mostServices ? [crowded] : [])],
    workloads: { ...production.workloads, ...Object.fromEntries(more) },
  };
  return {
    deployment: stringify(deployment, { aliasDuplicateObjects: false }),
    lock: read('images.lock.yaml'),
  };
}
