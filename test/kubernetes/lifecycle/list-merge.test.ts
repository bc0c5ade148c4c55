import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import { findBrokenMerges } from '../../../lib/kubernetes/lifecycle/list-merge';

type Item = { readonly [field: string]: Json };

interface ObservedMerge {
  readonly title: string;
  readonly kind: 'Deployment' | 'Service';
  readonly field: string;
  readonly before: readonly Item[];
  readonly after: readonly Item[];
  readonly first: readonly Item[] | 'refused';
  readonly second: readonly Item[] | 'refused';
}

const observed: readonly ObservedMerge[] = parse(
  readFileSync(join(__dirname, 'observed-merges.yaml'), 'utf8'),
);

const keys: Readonly<Record<string, string>> = {
  env: 'name',
  ports: 'containerPort',
  hostAliases: 'ip',
  topologySpreadConstraints: 'topologyKey',
};

function objectOf({ kind, field }: ObservedMerge, list: readonly Item[]): KubernetesObject {
  const metadata = { name: 'cart' };
  if (kind === 'Service') return { apiVersion: 'v1', kind, metadata, spec: { ports: list } };
  const spec = ['env', 'ports'].includes(field)
    ? { containers: [{ name: 'main', [field]: list }] }
    : { [field]: list };
  return { apiVersion: 'apps/v1', kind, metadata, spec: { template: { spec } } };
}

/** The keys of the items that the server has not, or has otherwise. */
function missing({ kind, field, after }: ObservedMerge, stored: readonly Item[]): unknown[] {
  const plain = ({ protocol = 'TCP', ...item }: Item) =>
    JSON.stringify(Object.entries({ ...item, ...(field === 'ports' && { protocol }) }).sort());
  const key = kind === 'Service' ? 'port' : (keys[field] ?? '');
  return [
    ...new Set(
      after.filter((item) => !stored.map(plain).includes(plain(item))).map((item) => String(item[key])),
    ),
  ];
}

test.each(observed.map((each) => [each.title, each] as const))('%s', (_, each) => {
  const [found, ...others] = findBrokenMerges(objectOf(each, each.before), objectOf(each, each.after));
  expect(others).toEqual([]);
  expect(found?.isRefused ?? false).toBe(each.first === 'refused');
  if (each.first === 'refused' || each.second === 'refused') return;
  expect(found?.keys ?? []).toEqual(missing(each, each.first));
  if (found !== undefined) expect(found.isMendedByRepeat).toBe(missing(each, each.second).length === 0);
});

test('a list of a kind that the API server does not define is replaced as a whole', () => {
  const shop = (env: readonly Item[]): KubernetesObject => ({
    ...{ apiVersion: 'example.com/v1', kind: 'Shop', metadata: { name: 'cart' } },
    spec: { containers: [{ name: 'main', env }] },
  });
  const [one, other] = [{ name: 'a' }, { name: 'a', value: '1' }];
  expect(findBrokenMerges(shop([one, other]), shop([one]))).toEqual([]);
});
