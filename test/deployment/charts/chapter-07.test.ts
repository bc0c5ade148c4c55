import { parse } from 'yaml';
import { at } from '../../support/at';
import { container, find, podSpec, production } from '../../support/production';

/** The chapter's own YAML beside what is synthesized: each test is one of its statements. */
const yaml = (text: string): object => parse(text) as object;

describe.each(['api', 'admin', 'web', 'worker', 'redis'])('%s, as all five workloads,', (name) => {
  test('is a Deployment in the namespace honeydue', () => {
    expect(find(production, 'Deployment', name).metadata.namespace).toBe('honeydue');
  });

  test('runs under an account of its own without a token', () => {
    expect(find(production, 'ServiceAccount', name)).toMatchObject(
      yaml('automountServiceAccountToken: false'),
    );
    expect(podSpec(production, name)).toMatchObject({
      serviceAccountName: name,
      automountServiceAccountToken: false,
    });
  });

  test('pulls its image with gitea-credentials', () => {
    expect(podSpec(production, name)).toMatchObject(yaml('imagePullSecrets: [name: gitea-credentials]'));
  });

  test('can write nowhere but where it must', () => {
    expect(container(production, name)).toMatchObject(
      yaml('securityContext: { readOnlyRootFilesystem: true }'),
    );
  });

  test('has /tmp of its own', () => {
    expect(at(container(production, name), 'volumeMounts')).toContainEqual({
      name: 'tmp',
      mountPath: '/tmp',
    });
  });
});

describe.each(['api', 'admin', 'web', 'worker'])('%s', (name) => {
  test('reads honeydue-config as a whole', () => {
    expect(at(container(production, name), 'envFrom')).toEqual(
      yaml('[configMapRef: {name: honeydue-config}]'),
    );
  });
});

describe('api', () => {
  test('runs three times and never with fewer while it rolls', () => {
    expect(find(production, 'Deployment', 'api')).toMatchObject(
      yaml(`
        spec:
          replicas: 3
          strategy:
            type: RollingUpdate
            rollingUpdate: { maxUnavailable: 0, maxSurge: 1 }`),
    );
  });

  test("has the chapter's pod security context", () => {
    expect(podSpec(production, 'api')).toMatchObject(
      yaml(`
        securityContext:
          runAsNonRoot: true
          runAsUser: 1000
          runAsGroup: 1000
          fsGroup: 1000
          seccompProfile: { type: RuntimeDefault }`),
    );
  });

  test("has the chapter's container", () => {
    expect(container(production, 'api')).toMatchObject(
      yaml(`
        name: api
        ports: [containerPort: 8000]
        securityContext:
          allowPrivilegeEscalation: false
          readOnlyRootFilesystem: true
          capabilities: { drop: [ALL] }
        resources:
          requests: { cpu: 100m, memory: 128Mi }
          limits: { cpu: "1", memory: 512Mi }`), // the chapter's 1000m, as the API server stores it
    );
  });

  test('runs the tag that the chapter names', () => {
    expect(at(container(production, 'api'), 'image')).toMatch(
      /^gitea\.treytartt\.com\/admin\/honeydue-api:237c6b8@/,
    );
  });

  test("has the chapter's probes to the number", () => {
    const { startupProbe, readinessProbe, livenessProbe } = container(production, 'api') as Record<
      string,
      unknown
    >;
    expect({ startupProbe, readinessProbe, livenessProbe }).toEqual(
      yaml(`
        startupProbe: { httpGet: {path: /api/health/, port: 8000}, failureThreshold: 48, periodSeconds: 5 }
        readinessProbe: { httpGet: {path: /api/health/, port: 8000}, initialDelaySeconds: 5, periodSeconds: 10, timeoutSeconds: 5 }
        livenessProbe: { httpGet: {path: /api/health/, port: 8000}, initialDelaySeconds: 30, periodSeconds: 30, timeoutSeconds: 10 }`),
    );
  });

  test('mounts the APNs key where APNS_AUTH_KEY_PATH points', () => {
    expect(podSpec(production, 'api')).toMatchObject(
      yaml(`
        volumes:
          - name: apns-key
            secret:
              secretName: honeydue-apns-key
              items: [{ key: apns_auth_key.p8, path: apns_auth_key.p8 }]
          - name: tmp
            emptyDir: {sizeLimit: 64Mi}`),
    );
    expect(at(container(production, 'api'), 'volumeMounts')).toEqual(
      yaml(`
        - { name: apns-key, mountPath: /secrets/apns, readOnly: true }
        - { name: tmp, mountPath: /tmp }`),
    );
    expect(at(container(production, 'api'), 'env')).toContainEqual({
      name: 'APNS_AUTH_KEY_PATH',
      value: '/secrets/apns/apns_auth_key.p8',
    });
  });

  test.each(['POSTGRES_PASSWORD', 'SECRET_KEY'])('takes %s from honeydue-secrets', (name) => {
    expect(at(container(production, 'api'), 'env')).toContainEqual({
      name,
      valueFrom: { secretKeyRef: { name: 'honeydue-secrets', key: name } },
    });
  });

  test('offers port 8000 inside the cluster', () => {
    expect(at(find(production, 'Service', 'api'), 'spec')).toEqual(
      yaml(`
        type: ClusterIP
        selector: {app.kubernetes.io/name: api}
        ports: [{ port: 8000, targetPort: 8000, protocol: TCP }]`),
    );
  });

  test('is not autoscaled', () => {
    expect(() => find(production, 'HorizontalPodAutoscaler', 'api')).toThrow(
      'no HorizontalPodAutoscaler api',
    );
  });
});

describe('admin', () => {
  test('runs once and rolls without a gap', () => {
    expect(find(production, 'Deployment', 'admin')).toMatchObject(
      yaml(
        'spec: { replicas: 1, strategy: { type: RollingUpdate, rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } } }',
      ),
    );
  });

  test('runs as a user that is not api', () => {
    expect(podSpec(production, 'admin')).toMatchObject(
      yaml('securityContext: { runAsNonRoot: true, runAsUser: 1001, runAsGroup: 1001, fsGroup: 1001 }'),
    );
  });

  test("has the chapter's variables", () => {
    expect(at(container(production, 'admin'), 'env')).toEqual(
      yaml(`
        - { name: HOSTNAME, value: "0.0.0.0" }
        - name: NEXT_PUBLIC_API_URL
          valueFrom: { configMapKeyRef: { name: honeydue-config, key: NEXT_PUBLIC_API_URL } }
        - { name: PORT, value: "3000" }`),
    );
  });

  test("has the chapter's probes, at / and not at /admin/", () => {
    expect(container(production, 'admin')).toMatchObject(
      yaml(`
        startupProbe: { httpGet: {path: /, port: 3000}, failureThreshold: 24, periodSeconds: 5 }
        readinessProbe: { httpGet: {path: /, port: 3000}, initialDelaySeconds: 5, periodSeconds: 10, timeoutSeconds: 5 }`),
    );
  });

  test("has the chapter's port and resources", () => {
    expect(container(production, 'admin')).toMatchObject(
      yaml(`
        ports: [containerPort: 3000]
        resources:
          requests: {cpu: 50m, memory: 64Mi}
          limits: {cpu: 500m, memory: 256Mi}`),
    );
  });

  test('offers port 3000 inside the cluster', () => {
    expect(at(find(production, 'Service', 'admin'), 'spec')).toMatchObject(
      yaml(
        '{ type: ClusterIP, selector: {app.kubernetes.io/name: admin}, ports: [{port: 3000, targetPort: 3000}] }',
      ),
    );
  });
});

describe('web', () => {
  test('runs three times, spread over the nodes', () => {
    expect(at(find(production, 'Deployment', 'web'), 'spec.replicas')).toBe(3);
    expect(at(podSpec(production, 'web'), 'topologySpreadConstraints')).toMatchObject([
      { topologyKey: 'kubernetes.io/hostname', maxSkew: 1 },
    ]);
  });

  test('keeps two pods through any drain', () => {
    expect(at(find(production, 'PodDisruptionBudget', 'web-pdb'), 'spec')).toMatchObject(
      yaml('{ minAvailable: 2, selector: { matchLabels: { app.kubernetes.io/name: web } } }'),
    );
  });

  test('listens on 3000 on every address', () => {
    expect(container(production, 'web')).toMatchObject({ ports: [{ containerPort: 3000 }] });
    expect(at(container(production, 'web'), 'env')).toEqual(
      yaml('[{ name: HOSTNAME, value: "0.0.0.0" }, { name: PORT, value: "3000" }]'),
    );
  });

  test('finds the API where its proxy looks for it', () => {
    expect(find(production, 'ConfigMap', 'honeydue-config')).toMatchObject({
      data: { API_URL: 'https://api.myhoneydue.com/api' },
    });
  });

  test('runs as the user of its Dockerfile', () => {
    expect(podSpec(production, 'web')).toMatchObject({
      securityContext: { runAsUser: 1001, runAsGroup: 1001 },
    });
  });

  test.each(['admin', 'web'])('as %s keeps its cache where Next.js writes it', (name) => {
    expect(at(container(production, name), 'volumeMounts')).toContainEqual({
      name: 'nextjs-cache',
      mountPath: '/app/.next/cache',
    });
  });
});

describe('worker', () => {
  test('runs once', () => {
    expect(at(find(production, 'Deployment', 'worker'), 'spec.replicas')).toBe(1);
  });

  test('lets a drain go on', () => {
    expect(at(find(production, 'PodDisruptionBudget', 'worker-pdb'), 'spec')).toMatchObject(
      yaml('{ minAvailable: 0, selector: { matchLabels: { app.kubernetes.io/name: worker } } }'),
    );
  });

  test('has no Service', () => {
    expect(() => find(production, 'Service', 'worker')).toThrow('no Service worker');
  });

  test("has the summary's resources", () => {
    expect(at(container(production, 'worker'), 'resources')).toEqual(
      yaml('{ requests: {cpu: 50m, memory: 64Mi}, limits: {cpu: 500m, memory: 256Mi} }'),
    );
  });
});

describe('redis', () => {
  test('runs the image that the chapter names', () => {
    expect(at(container(production, 'redis'), 'image')).toMatch(/^redis:7-alpine@/);
  });

  test('claims 5Gi of local-path, for one node at a time', () => {
    expect(at(find(production, 'PersistentVolumeClaim', 'redis-data'), 'spec')).toEqual(
      yaml(`
        accessModes: [ReadWriteOnce]
        storageClassName: local-path
        resources: {requests: {storage: 5Gi}}`),
    );
  });

  test('is pinned to the node that holds its volume', () => {
    expect(at(podSpec(production, 'redis'), 'nodeSelector')).toEqual({ 'honeydue/redis': 'true' });
  });

  test("has the chapter's settings", () => {
    const args = (at(container(production, 'redis'), 'args') as string[]).join(' ');
    expect(args).toContain(
      '--appendonly yes --appendfsync everysec --maxmemory 256mb --maxmemory-policy noeviction',
    );
  });

  test("has the summary's resources", () => {
    expect(at(container(production, 'redis'), 'resources')).toEqual(
      yaml('{ requests: {cpu: 100m, memory: 128Mi}, limits: {cpu: 500m, memory: 512Mi} }'),
    );
  });

  test('is reached at redis:6379', () => {
    expect(at(find(production, 'Service', 'redis'), 'spec')).toMatchObject(
      yaml('{ type: ClusterIP, selector: {app.kubernetes.io/name: redis}, ports: [{port: 6379}] }'),
    );
  });

  test('takes its password from the key that the remediation of 2026-05-15 made', () => {
    expect(at(container(production, 'redis'), 'env')).toContainEqual({
      name: 'REDIS_PASSWORD',
      valueFrom: { secretKeyRef: { name: 'honeydue-secrets', key: 'REDIS_PASSWORD' } },
    });
  });
});
