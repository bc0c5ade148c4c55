import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import type { ClusterClient } from '../../../lib/operations/cluster/client';
import { findMissingSecrets } from '../../../lib/operations/plan/needed-secrets';

/** A Deployment whose container reads keys of a Secret. */
function reader(name: string, ...keys: string[]): KubernetesObject {
  const env = keys.map((key) => ({ name: key, valueFrom: { secretKeyRef: { name: 'credentials', key } } }));
  const spec = { template: { spec: { containers: [{ name, image: name, env }] } } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'shop' }, spec };
}

/** A cluster whose Secret has some keys; undefined where there is none. */
function clusterWith(...keys: string[] | [undefined]): { client: ClusterClient } {
  const data = Object.fromEntries(keys.map((key) => [key, 'c2VjcmV0']));
  const get = async () => (keys[0] === undefined ? undefined : { data });
  return { client: { get } as unknown as ClusterClient };
}

const objects = [reader('cart', 'PASSWORD', 'TOKEN'), reader('search', 'PASSWORD')];

test('finds nothing where every key is there', async () => {
  expect(await findMissingSecrets(clusterWith('PASSWORD', 'TOKEN'), objects)).toEqual([]);
});

test('names the missing keys with the objects that read them, and no others', async () => {
  expect(await findMissingSecrets(clusterWith('PASSWORD'), objects)).toEqual([
    { name: 'shop/credentials', keys: ['TOKEN'], neededBy: ['Deployment cart'] },
  ]);
});

test('names a missing Secret with all objects that read it', async () => {
  expect(await findMissingSecrets(clusterWith(undefined), objects)).toEqual([
    { name: 'shop/credentials', keys: undefined, neededBy: ['Deployment cart', 'Deployment search'] },
  ]);
});
