import { join } from 'node:path';
import type { LocatedValue } from '../../lib/report/unresolved';
import { run } from '../support/command';
import { fixtures, root } from '../support/configuration';
import { production } from '../support/production';

const config = ['--config', join(fixtures, 'production.yaml')];

describe('honeydue unresolved', () => {
  const { status, stdout } = run('unresolved', ...config);

  test('groups the values by the place where they are found out', () => {
    expect(status).toBe(0);
    expect(stdout.match(/^\S.*:/gm)?.map((title) => title.replace(/ \(.*|:/, ''))).toEqual([
      'In the cluster',
      'On the nodes',
      'At Hetzner',
      'At Cloudflare',
      'In an image registry',
      'On this machine',
      'By reading documents, or by a decision',
    ]);
  });

  test('prints a command once, with every value that it finds out and what needs it', () => {
    expect(stdout).toContain(
      [
        '  hcloud server list -o columns=id,name,ipv4',
        "    adopt.servers.hetzner1 (Terraform's variable adopt_servers_hetzner1)",
        "    adopt.servers.hetzner2 (Terraform's variable adopt_servers_hetzner2)",
        "    adopt.servers.hetzner3 (Terraform's variable adopt_servers_hetzner3)",
        '',
      ].join('\n'),
    );
    expect(stdout).toContain(
      "    access.networks (the nodes' scripts, Terraform's variable access_networks)\n",
    );
  });

  test('has every value of the model, once', () => {
    const values = JSON.parse(run('unresolved', ...config, '--format', 'json').stdout) as LocatedValue[];
    const { unresolved, unresolvedOfNodes, asked } = production.model;
    const paths = [...unresolved, ...unresolvedOfNodes, ...asked].map(({ path }) => path);
    expect(values.map(({ path }) => path).sort()).toEqual([...new Set(paths)].sort());
    expect(values).toContainEqual({
      path: 'workloads.worker.user',
      neededBy: ['manifests'],
      foundIn: 'cluster',
      command: 'kubectl exec -n honeydue deployment/worker -- id -u',
    });
  });

  test('names servers that Terraform makes before their scripts can run', () => {
    const shop = join(root, 'examples', 'new-cluster', 'production.yaml');
    expect(run('unresolved', '--config', shop).stdout).toContain('(shop1, shop2, shop3), run the script');
  });
});
