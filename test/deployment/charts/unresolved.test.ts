import { at } from '../../support/at';
import { container, find, podSpec, production, productionWith } from '../../support/production';

const header = (file: string) =>
  production.files.find(({ path }) => path === file)?.text.split('apiVersion')[0] ?? '';

describe('an unresolved value', () => {
  test('of an image is a reference that no kubelet takes', () => {
    expect(at(container(production, 'web'), 'image')).toBe(
      'gitea.treytartt.com/admin/honeydue-web:unresolved@sha256:unresolved',
    );
  });

  test('of a known tag replaces its digest alone', () => {
    expect(at(container(production, 'redis'), 'image')).toBe('redis:7-alpine@sha256:unresolved');
  });

  test('of the ConfigMap says so in its place', () => {
    expect(find(production, 'ConfigMap', 'honeydue-config')).toMatchObject({
      data: {
        FEATURE_PUSH_ENABLED: 'unresolved',
        NEXT_PUBLIC_API_URL: 'unresolved',
        UNRESOLVED_OTHERS: 'unresolved',
      },
    });
  });

  test.each(['api', 'worker'])('among the variables of %s keeps its container from being created', (name) => {
    expect(at(container(production, name), 'env')).toContainEqual({
      name: 'UNRESOLVED_OTHERS_OF_HONEYDUE_SECRETS',
      valueFrom: { secretKeyRef: { name: 'honeydue-secrets', key: 'unresolved' } },
    });
  });

  test("of the worker's files keeps its pod waiting for a Secret that doesn't exist", () => {
    expect(at(podSpec(production, 'worker'), 'volumes')).toContainEqual({
      name: 'unresolved',
      secret: { secretName: 'unresolved', items: [{ key: 'unresolved', path: 'unresolved' }] },
    });
  });

  test.each(['worker', 'redis'])('of the uid of %s is no number, and an annotation says why', (name) => {
    expect(at(podSpec(production, name), 'securityContext')).not.toHaveProperty('runAsUser');
    expect(find(production, 'Deployment', name).metadata.annotations).toHaveProperty(['unresolved/user']);
  });

  test('of the command that migrates is a program that no image has', () => {
    const job = production.documents.find(({ object }) => object.kind === 'Job')?.object;
    expect(at(job, 'spec.template.spec.containers.0.command')).toEqual(['unresolved']);
  });

  test('is in the header of its file, with the command that finds it', () => {
    expect(header('3-worker.k8s.yaml')).toContain(
      '#   workloads.worker.user: kubectl exec -n honeydue deployment/worker -- id -u\n',
    );
  });

  test('is in the header of no other file', () => {
    expect(header('3-redis.k8s.yaml')).not.toContain('worker');
  });

  test('is in the list exactly once', () => {
    const paths = production.model.unresolved.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).toEqual(
      expect.arrayContaining([
        'images.api.digest',
        'images.web.tag',
        'images.admin.tag',
        'images.worker.tag',
        'config.others',
        'secrets.honeydue-secrets.others',
        'workloads.worker.user',
        'workloads.redis.user',
        'workloads.migration.command',
      ]),
    );
  });

  test.each([
    ['Deployment', 'web'],
    ['Service', 'api'],
    ['ConfigMap', 'honeydue-config'],
  ])('makes the API server refuse %s %s: no annotation has such a name', (kind, name) => {
    expect(find(production, kind, name).metadata.annotations).toHaveProperty([
      'UNRESOLVED: not to be applied',
    ]);
  });

  test('leaves the objects of other files alone', () => {
    expect(find(production, 'NetworkPolicy', 'default-deny').metadata).not.toHaveProperty('annotations');
  });

  test('is gone once it is stated', () => {
    const stated = productionWith([
      'unresolved: kubectl exec -n honeydue deployment/worker -- id -u',
      'unresolved: kubectl exec -n honeydue deployment/worker -- id -g',
    ]);
    expect(stated.model.unresolved).toHaveLength(production.model.unresolved.length);
    const known = productionWith([
      'user:\n      unresolved: kubectl exec -n honeydue deployment/worker -- id -u',
      'user: 1000',
    ]);
    expect(at(podSpec(known, 'worker'), 'securityContext')).toMatchObject({ runAsUser: 1000 });
    expect(known.model.unresolved.map(({ path }) => path)).not.toContain('workloads.worker.user');
  });
});
