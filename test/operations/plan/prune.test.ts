import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import { chosenForPrune, pruneCandidate, unlistedObjects } from '../../../lib/operations/plan/prune';
import { configMap, live, revision } from '../support/objects';

const file = '1-x.k8s.yaml';
const of = (kind: string, annotations: Readonly<Record<string, string>> = {}): KubernetesObject => ({
  ...configMap({}, kind.toLowerCase()),
  kind,
  metadata: { name: kind.toLowerCase(), namespace: 'shop', annotations },
});
const candidates = [
  of('ConfigMap'),
  of('Secret'),
  of('PersistentVolumeClaim'),
  of('Service', { 'honeydue/prune': 'false' }),
].map((object) => pruneCandidate(live(object)));
const names = (choice: Parameters<typeof chosenForPrune>[1]) =>
  chosenForPrune(candidates, choice).map(({ name }) => name);

test('what an earlier revision applied and nothing describes is a candidate, once', () => {
  const old = {
    documents: [
      { file, object: configMap({}, 'old') },
      { file, object: configMap({}, 'kept') },
    ],
  };
  const found = unlistedObjects([revision(2, old), revision(1, old)], [configMap({}, 'kept')]);
  expect(found.map(({ metadata }) => metadata.name)).toEqual(['old']);
});

test('a Job is no candidate', () => {
  expect(unlistedObjects([revision(1, { documents: [{ file, object: of('Job') }] })], [])).toEqual([]);
});

test('nothing is deleted without a choice', () => {
  expect(names({ all: false, named: [] })).toEqual([]);
});

test('all leaves claims and Secrets', () => {
  expect(names({ all: true, named: [] })).toEqual(['ConfigMap shop/configmap']);
});

test('a claim is deleted by its name', () => {
  expect(names({ all: false, named: ['PersistentVolumeClaim shop/persistentvolumeclaim'] })).toEqual([
    'PersistentVolumeClaim shop/persistentvolumeclaim',
  ]);
});

test('what an annotation keeps is never deleted', () => {
  expect(names({ all: true, named: ['Service shop/service'] })).not.toContain('Service shop/service');
});
