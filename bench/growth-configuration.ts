import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

/** Production with so many web services more, each stated as fully as `web` is. */
export function growthConfiguration(root: string, services: number): { deployment: string; lock: string } {
  const read = (name: string) => readFileSync(join(root, 'config', name), 'utf8');
  const production = parse(read('production.yaml'));
  const { web } = production.workloads;
  // So little that production's nodes could hold all of them: a rule asks whether they can.
  const { cpu, memory } = web.resources;
  const resources = { cpu: { ...cpu, request: '1m' }, memory: { ...memory, request: '1Mi' } };
  const names = Array.from({ length: services }, (_, index) => `service-${index}`);
  const more = names.map((name) => [name, { ...web, resources, hosts: [`${name}.${production.edge.zone}`] }]);
  const deployment = {
    ...production,
    workloads: { ...production.workloads, ...Object.fromEntries(more) },
  };
  return {
    deployment: stringify(deployment, { aliasDuplicateObjects: false }),
    lock: read('images.lock.yaml'),
  };
}
