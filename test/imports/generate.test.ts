import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const project = resolve(__dirname, '../..');
const file = 'imports/kubernetes/schema.json';
const kept = readFileSync(join(project, file), 'utf8');

interface Table {
  readonly source: string;
  readonly kinds: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly types: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

describe('the schema of Kubernetes', () => {
  const table = JSON.parse(kept) as Table;

  test('names the minor versions that it came from', () => {
    expect(table.source).toBe('imports/kubernetes/minors (Kubernetes 1.34, 1.35, 1.36, 1.37)');
  });

  test.each([
    ['apps/v1/Deployment'],
    ['autoscaling/v2/HorizontalPodAutoscaler'],
    ['batch/v1/CronJob'],
    ['batch/v1/Job'],
    ['networking.k8s.io/v1/Ingress'],
    ['networking.k8s.io/v1/IngressClass'],
    ['networking.k8s.io/v1/NetworkPolicy'],
    ['policy/v1/PodDisruptionBudget'],
    ['scheduling.k8s.io/v1/PriorityClass'],
    ['v1/ConfigMap'],
    ['v1/LimitRange'],
    ['v1/Namespace'],
    ['v1/PersistentVolumeClaim'],
    ['v1/ResourceQuota'],
    ['v1/Secret'],
    ['v1/Service'],
    ['v1/ServiceAccount'],
  ])('has %s', (kind) => {
    expect(table.kinds).toHaveProperty([kind, 'kind!'], 'string');
  });

  test('holds every type that a field refers to, and no other', () => {
    const fields = [...Object.values(table.kinds), ...Object.values(table.types)].flatMap((each) =>
      Object.values(each),
    );
    const referenced = new Set(
      fields.flatMap((type) => type.replace(/enum<.*>/, '').match(/[A-Z]\w*/g) ?? []),
    );
    expect(Object.keys(table.types)).toEqual([...referenced].sort());
  });

  test("has Kubernetes' names of the fields where TypeScript's differ", () => {
    expect(table.types).toHaveProperty(['ServiceSpec', 'clusterIP'], 'string');
  });

  test('has fields that are newer than the 1.30 of the constructs', () => {
    expect(table.types).toHaveProperty(['PodSpec', 'hostnameOverride'], 'string');
  });

  test.each([
    ['DeploymentSpec', 'replicas', 'integer'],
    ['DeploymentSpec', 'selector!', 'LabelSelector'],
    ['PodSpec', 'containers!', 'Container[]'],
    ['PodSpec', 'hostNetwork', 'boolean'],
    ['ResourceRequirements', 'limits', 'map<quantity>'],
    ['LabelSelector', 'matchLabels', 'map<string>'],
    ['EmptyDirVolumeSource', 'sizeLimit', 'quantity'],
    ['RollingUpdateDeployment', 'maxSurge', 'int-or-string'],
    ['ObjectMeta', 'creationTimestamp', 'time'],
    ['ManagedFieldsEntry', 'fieldsV1', 'any'],
    ['Container', 'imagePullPolicy', 'enum<Always|IfNotPresent|Never>'],
    ['Toleration', 'operator@..1.34', 'enum<Equal|Exists>'],
    ['Toleration', 'operator@1.35..', 'enum<Equal|Exists|Gt|Lt>'],
    ['PodSpec', 'workloadRef@1.35..1.35', 'WorkloadReference'],
  ])('reads %s.%s as %s', (type, field, expected) => {
    expect(table.types).toHaveProperty([type, field], expected);
  });
});
