import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverNames } from '../../lib/deployment/config/schema/node-role';
import { bucketRetention } from '../../lib/nodes/snapshots';
import { root } from '../support/configuration';
import { production } from '../support/production';
import { scriptOf } from './machine';

describe('what the bucket keeps', () => {
  const { nodes, cluster } = production.model;
  const count = bucketRetention(cluster.snapshots, serverNames(nodes).length);

  test("is what every server keeps, since k3s counts all servers' snapshots together", () => {
    expect([bucketRetention({ retention: 28 }, 3), count]).toEqual([84, 84]);
  });

  test('is what docs/nodes.md has in the Secret', () => {
    const text = readFileSync(join(root, 'docs', 'nodes.md'), 'utf8');
    expect([...text.matchAll(/^etcd-s3-retention=(\d+)$/gm)].map(([, value]) => Number(value))).toEqual([
      count,
    ]);
  });

  test("is in no server's config.yaml, where it would make k3s ignore the Secret", () => {
    const text = scriptOf();
    expect(text).toMatch(/^etcd-s3-config-secret: snapshots$/m);
    expect(text).not.toMatch(/^etcd-s3-retention:/m);
  });
});
