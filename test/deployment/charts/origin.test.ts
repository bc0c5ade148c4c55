import { join } from 'node:path';
import { deploymentApp } from '../../../lib/deployment/charts/deployment';
import { Origins } from '../../../lib/deployment/charts/origin';
import { loadConfiguration } from '../../../lib/deployment/config/load';
import { createModel } from '../../../lib/deployment/model/model';
import { formatPath } from '../../../lib/input/source';
import { fixtures } from '../../support/configuration';
import { production } from '../../support/production';

const model = createModel(loadConfiguration(join(fixtures, 'production.yaml')));
const app = deploymentApp(model);
const origins = new Origins(model);

/** The place in the configuration that a field of an object is made from. */
function originOf(kind: string, name: string, path: string): string {
  const document = production.documents.find(
    ({ object }) => object.kind === kind && (kind === 'Job' || object.metadata.name === name),
  );
  if (document === undefined) throw new Error(`production has no ${kind} ${name}`);
  return formatPath(origins.ofField(app, document.constructPath, path));
}

/** The path of a container's variable. */
function variable(name: string, value: string): string {
  const { object } = production.documents.find(
    (each) => each.object.kind === 'Deployment' && each.object.metadata.name === name,
  ) ?? { object: undefined };
  const spec = (object?.['spec'] ?? {}) as {
    template?: { spec?: { containers?: { env?: { name: string }[] }[] } };
  };
  const env = spec.template?.spec?.containers?.[0]?.env ?? [];
  return `spec.template.spec.containers[0].env[${env.findIndex((each) => each.name === value)}]`;
}

describe('a finding has the place in the configuration that its field is made from', () => {
  const pod = 'spec.template.spec';
  const container = `${pod}.containers[0]`;
  test.each([
    ['Deployment', 'api', `${container}.resources.limits.memory`, 'workloads.api.resources.memory.limit'],
    ['Deployment', 'api', `${container}.image`, 'images.api'],
    [
      'Deployment',
      'api',
      `${container}.startupProbe.failureThreshold`,
      'workloads.api.probes.startup.failureThreshold',
    ],
    ['Deployment', 'api', `${container}.livenessProbe`, 'workloads.api.probes.liveness'],
    ['Deployment', 'api', `${container}.ports[0].containerPort`, 'workloads.api.port'],
    ['Deployment', 'api', `${container}.envFrom[0].configMapRef`, 'workloads.api.config'],
    ['Deployment', 'api', 'spec.replicas', 'workloads.api.replicas'],
    ['Deployment', 'api', `${pod}.securityContext.runAsUser`, 'workloads.api.user'],
    ['Deployment', 'api', `${pod}.tolerations`, 'workloads.api'],
    ['Deployment', 'api', 'metadata.labels', 'workloads.api'],
    ['Service', 'api', 'spec.ports[0].port', 'workloads.api.port'],
    ['PodDisruptionBudget', 'api-pdb', 'spec.minAvailable', 'workloads.api.minAvailable'],
    ['Deployment', 'redis', `${pod}.nodeSelector`, 'workloads.redis.nodeLabel'],
    ['Deployment', 'redis', `${container}.args[7]`, 'workloads.redis.maxmemory'],
    ['Deployment', 'redis', `${container}.env[0].valueFrom.secretKeyRef.key`, 'workloads.redis.password'],
    ['PersistentVolumeClaim', 'redis-data', 'spec.storageClassName', 'workloads.redis.storage.class'],
    [
      'PersistentVolumeClaim',
      'redis-data',
      'spec.resources.requests.storage',
      'workloads.redis.storage.size',
    ],
    ['Job', 'migration', `${container}.command`, 'workloads.migration.command'],
    ['Ingress', 'admin', 'spec.rules[0].host', 'workloads.admin.hosts[0]'],
    ['Ingress', 'admin', 'spec.tls[0].secretName', 'edge'],
    ['NetworkPolicy', 'allow-egress-from-api', 'spec.egress[0]', 'workloads.api.connectsTo'],
    ['HelmChartConfig', 'traefik', 'spec.valuesContent', 'edge'],
    ['ConfigMap', 'honeydue-config', 'data', 'config'],
    ['Namespace', 'honeydue', 'metadata.labels', 'namespace'],
    ['ResourceQuota', 'quota', 'spec.hard.pods', 'workloads'],
  ])('%s %s %s', (kind, name, path, origin) => {
    expect(originOf(kind, name, path)).toBe(origin);
  });

  test('a variable that is read from a Secret', () => {
    expect(originOf('Deployment', 'api', variable('api', 'POSTGRES_PASSWORD'))).toMatch(
      /^workloads\.api\.secrets\.honeydue-secrets\.keys\[\d+\]$/,
    );
  });

  test('a variable of the workload itself', () => {
    expect(originOf('Deployment', 'admin', variable('admin', 'PORT'))).toBe(
      'workloads.admin.environment.PORT',
    );
  });
});
