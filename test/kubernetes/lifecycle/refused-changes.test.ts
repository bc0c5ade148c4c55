import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import { findRefusedChanges } from '../../../lib/kubernetes/lifecycle/refused-changes';

type Fields = { readonly [field: string]: Json };

interface ObservedUpdate {
  readonly title: string;
  readonly server: 'accepted' | 'refused';
  readonly object: { readonly apiVersion: string; readonly kind: string };
  readonly before: Fields;
  readonly after: Fields;
}

const observed: readonly ObservedUpdate[] = parse(
  readFileSync(join(__dirname, 'observed-updates.yaml'), 'utf8'),
);

const unbound = { isBound: () => false, mayGrow: () => false };

function named(object: ObservedUpdate['object'], fields: Fields): KubernetesObject {
  const metadata = { name: 'cart', namespace: 'shop', ...(fields['metadata'] as Fields | undefined) };
  return { ...object, ...fields, metadata };
}

test.each(observed.map((each) => [each.server, each.title, each] as const))(
  'the API server %s %s',
  (server, _, { object, before, after }) => {
    const refused = findRefusedChanges(named(object, before), named(object, after), unbound);
    expect(refused.map(({ path }) => path)).toHaveLength(server === 'refused' ? 1 : 0);
  },
);

describe('a claim', () => {
  const claim = (spec: Fields) =>
    named(
      { apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
      { spec: { accessModes: ['ReadWriteOnce'], ...spec } },
    );
  const sized = (storage: string) => claim({ resources: { requests: { storage } } });
  const paths = (before: KubernetesObject, after: KubernetesObject, isBound: boolean, mayGrow: boolean) =>
    findRefusedChanges(before, after, { isBound: () => isBound, mayGrow: () => mayGrow }).map(
      ({ path }) => path,
    );
  const size = ['spec.resources.requests.storage'];

  test('that is bound grows where its class lets it, and never shrinks', () => {
    expect(paths(sized('1Gi'), sized('2Gi'), true, true)).toEqual([]);
    expect(paths(sized('1Gi'), sized('2Gi'), true, false)).toEqual(size);
    expect(paths(sized('1Gi'), sized('2Gi'), false, true)).toEqual(size);
    expect(paths(sized('2Gi'), sized('1Gi'), true, true)).toEqual(size);
  });

  test('names its volume as long as it has none', () => {
    expect(paths(claim({}), claim({ volumeName: 'a' }), false, true)).toEqual([]);
    expect(paths(claim({}), claim({ volumeName: 'a' }), true, true)).toEqual(['spec.volumeName']);
    expect(paths(claim({}), claim({}), true, true)).toEqual([]);
  });

  test('that is bound may get other attributes', () => {
    const gold = claim({ volumeAttributesClassName: 'gold' });
    expect(paths(claim({}), gold, true, true)).toEqual([]);
    expect(paths(claim({}), gold, false, true)).toEqual(['spec.volumeAttributesClassName']);
  });

  test("without a class has k3s' own", () => {
    const paths = ['local-path', 'fast'].map((storageClassName) =>
      findRefusedChanges(claim({}), claim({ storageClassName }), unbound).map(({ path }) => path),
    );
    expect(paths).toEqual([[], ['spec.storageClassName']]);
  });
});

test('a kind of another group has other rules', () => {
  const service = { apiVersion: 'serving.knative.dev/v1', kind: 'Service' };
  const [before, after] = [
    named(service, { spec: { clusterIP: 'a' } }),
    named(service, { spec: { clusterIP: 'b' } }),
  ];
  expect(findRefusedChanges(before, after, unbound)).toEqual([]);
});
