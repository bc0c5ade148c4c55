import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

/** Production's shape with so many web services, each stated as fully as `web` is. */
export function growthConfiguration(root: string, services: number): { deployment: string; lock: string } {
  const read = (name: string) => parse(readFileSync(join(root, 'config', name), 'utf8'));
  const production = read('production.yaml');
  const { web } = production.workloads;
  const names = Array.from({ length: services }, (_, index) => `service-${index}`);
  const workloads = Object.fromEntries(
    names.map((name) => [name, { ...web, hosts: [`${name}.example.com`] }]),
  );
  const deployment = {
    ...production,
    images: { web: production.images.web },
    secrets: {
      'gitea-credentials': production.secrets['gitea-credentials'],
      'cloudflare-origin-cert': production.secrets['cloudflare-origin-cert'],
    },
    edge: { ...production.edge, zone: 'example.com' },
    workloads,
  };
  const { web: digest } = read('images.lock.yaml');
  const print = (value: unknown) => stringify(value, { aliasDuplicateObjects: false });
  return { deployment: print(deployment), lock: print({ web: digest }) };
}
