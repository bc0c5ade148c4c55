import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withConfiguration } from '../../../support/configuration';

/** Runs `use` with the paths of environments by name, next to a deployment in `production.yaml`. */
export function withEnvironments<T>(
  production: string,
  files: Readonly<Record<string, string>>,
  use: (pathOf: (file: string) => string) => T,
): T {
  return withConfiguration(production, (path) => {
    const pathOf = (file: string) => join(dirname(path), file);
    for (const [file, text] of Object.entries(files)) writeFileSync(pathOf(file), text);
    return use(pathOf);
  });
}

/** A staging that collides with production in nothing: its own server, namespace, hosts and metrics. */
export const staging = `extends: production.yaml
namespace: honeydue-staging
nodes:
  hetzner1: null
  hetzner2: null
  hetzner3: null
  staging1: { address: 192.0.2.1, hostname: staging-1, type: cx33, location: nbg1, image: ubuntu-24.04, labels: { honeydue/redis: "true" } }
cluster: { initialised: false, firstNode: staging1 }
adopt: null
edge: { cloudflare: null }
metrics: { cluster: staging }
workloads:
  api: { replicas: 1, minAvailable: 0, hosts: [staging-api.myhoneydue.com] }
  admin: { hosts: [staging-admin.myhoneydue.com] }
  web: { replicas: 1, minAvailable: 0, hosts: [staging-app.myhoneydue.com] }
promises: []
acknowledgements: []
`;
