import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import { canary } from '../../support/canary';
import { root } from '../../support/configuration';
import { type ApiPaths, emptyCluster } from './stand-in-cluster';

const text = readFileSync(join(root, 'test', 'fixtures', 'running-objects.yaml'), 'utf8');

/** The objects of test/fixtures/running-objects.yaml, with a canary in every Secret, after an edit of the text. */
export function runningObjects(edit: (text: string) => string = (each) => each): KubernetesObject[] {
  return parseAllDocuments(edit(text)).map((document) => withCanary(document.toJS()) as KubernetesObject);
}

function withCanary(value: unknown): unknown {
  if (value === 'SECRET') return canary;
  if (typeof value === 'string')
    return value.replace('credentials: SECRET', `credentials: ${JSON.stringify(canary)}`);
  if (Array.isArray(value)) return value.map(withCanary);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withCanary(each)]));
}

const lists: Readonly<Record<string, string>> = {
  Deployment: '/apis/apps/v1/namespaces/honeydue/deployments',
  ConfigMap: '/api/v1/namespaces/honeydue/configmaps',
  Job: '/apis/batch/v1/namespaces/honeydue/jobs',
};

/** What an API server answers of some objects, as far as resolvers ask. */
export function apiOf(objects: readonly KubernetesObject[], pods: readonly object[] = []): ApiPaths {
  const own = Object.entries(lists).map(([kind, path]) => [
    path,
    { items: objects.filter((each) => each.kind === kind).map(served) },
  ]);
  return { ...emptyCluster, ...Object.fromEntries(own), '/api/v1/namespaces/honeydue/pods': { items: pods } };
}

function served(object: KubernetesObject) {
  const metadata = {
    ...object.metadata,
    uid: object.metadata.name,
    creationTimestamp: '2026-05-15T08:00:00Z',
  };
  return { ...object, metadata };
}

/** The keys of the Secrets. */
export function secretsOf(objects: readonly KubernetesObject[]) {
  return objects
    .filter(({ kind }) => kind === 'Secret')
    .map(({ metadata: { name }, stringData }) => ({
      ...{ name, type: 'Opaque', hash: undefined, revision: undefined, owners: [] },
      keys: Object.keys(stringData as object),
    }));
}

/** The lines that kubectl prints of the Secrets. */
export function secretLines(objects: readonly KubernetesObject[]): string {
  return secretsOf(objects)
    .map(({ name, keys }) => [name, 'Opaque', '', '', keys.join(' '), ''].join('\t'))
    .join('\n');
}

/** A pod of a workload, with what its node reports. */
export const podOf = (workload: string, name: string, container: object) => ({
  metadata: { name, uid: name, labels: { 'app.kubernetes.io/name': workload }, creationTimestamp: '' },
  spec: { containers: [] },
  status: { containerStatuses: [{ name: workload, ...container }] },
});
