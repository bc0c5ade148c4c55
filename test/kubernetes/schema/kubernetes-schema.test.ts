import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import { valueAt } from '../../../lib/kubernetes/path';
import { checkSchema, inspectSchema } from '../../../lib/kubernetes/schema/kubernetes-schema';
import { check, container, deployment, type Fields, object } from '../../analysis/rules/schema';

describe('a good object', () => {
  const probe = { httpGet: { path: '/health', port: 'http' }, periodSeconds: 10 };

  test.each<[string, KubernetesObject]>([
    [
      'a Deployment',
      deployment({
        spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: '25%' } } },
        pod: { volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }], hostPID: false },
        container: {
          ports: [{ name: 'http', containerPort: 8000 }],
          env: [{ name: 'KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'key' } } }],
          resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: 536870912 } },
          securityContext: { capabilities: { drop: ['ALL'] } },
          livenessProbe: probe,
        },
      }),
    ],
    ['a Service', object('v1', 'Service', { spec: { clusterIP: 'None', ports: [{ port: 80 }] } })],
    [
      'an object as the cluster shows it',
      {
        ...object('v1', 'ConfigMap'),
        metadata: { name: 'a', managedFields: [{ manager: 'kubectl', fieldsV1: { 'f:data': {} } }] } as never,
      },
    ],
    ['a ConfigMap', object('v1', 'ConfigMap', { data: { PORT: '8000' } })],
    ['a Namespace with nothing but a name', object('v1', 'Namespace')],
    ['an empty selector', object('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {} } })],
    [
      'a HorizontalPodAutoscaler',
      object('autoscaling/v2', 'HorizontalPodAutoscaler', {
        spec: {
          maxReplicas: 6,
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' },
          metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization' } } }],
        },
      }),
    ],
  ])('%s passes', (_, checked) => {
    expect(check(checked)).toEqual([]);
  });

  test.each(['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.123456Z', '2026-01-31T12:00:00+02:00'])(
    'the time %s passes',
    (creationTimestamp) => {
      expect(check({ ...object('v1', 'Namespace'), metadata: { name: 'a', creationTimestamp } })).toEqual([]);
    },
  );

  test('a field that is undefined is a field that is absent', () => {
    expect(check({ ...object('v1', 'ConfigMap'), imutable: undefined, data: { a: undefined } })).toEqual([]);
  });
});

describe('a violation', () => {
  test('names the rule, the object and the place', () => {
    expect(checkSchema(deployment({ container: { image: 5 } }))).toEqual([
      {
        rule: 'schema-validation',
        object: 'Deployment honeydue/api',
        path: 'spec.template.spec.containers[0].image',
        message: '5 is not a string. Write "5", with quotes.',
      },
    ]);
  });

  test('does not hide another', () => {
    expect(check(deployment({ spec: { replicas: '3', paused: 'no' }, container: { imagee: 'x' } }))).toEqual([
      'spec.replicas: "3" is not an integer. Write 3, without quotes.',
      `${container}.imagee: imagee is not a field of Container. Did you mean image?`,
      'spec.paused: "no" is not true or false',
    ]);
  });

  test('quotes a value of 60 characters whole', () => {
    const text = 'x'.repeat(58);
    expect(check(deployment({ spec: { replicas: text } }))).toEqual([
      `spec.replicas: "${text}" is not an integer`,
    ]);
  });

  test('quotes a long value only in part', () => {
    const [message] = check(deployment({ spec: { replicas: 'x'.repeat(500) } }));
    expect(message).toBe(`spec.replicas: "${'x'.repeat(56)}... is not an integer`);
  });
});

describe('an unknown field', () => {
  test.each<[string, KubernetesObject, string]>([
    [
      'of the object',
      { ...deployment(), data: {} },
      'data: data is not a field of apps/v1/Deployment. `kubectl explain deployment` lists the fields.',
    ],
    [
      'of its metadata',
      { ...deployment(), metadata: { name: 'api', team: 'web' } },
      'metadata.team: team is not a field of ObjectMeta. `kubectl explain deployment.metadata` lists the fields.',
    ],
    [
      'of its spec',
      deployment({ spec: { containers: [] } }),
      'spec.containers: containers is not a field of DeploymentSpec. `kubectl explain deployment.spec` lists the fields.',
    ],
    [
      'of the pod',
      deployment({ pod: { resourcesOfAll: {} } }),
      'spec.template.spec.resourcesOfAll: resourcesOfAll is not a field of PodSpec. ' +
        '`kubectl explain deployment.spec.template.spec` lists the fields.',
    ],
    [
      'of an object in a list',
      deployment({ container: { cpu: '100m' } }),
      `${container}.cpu: cpu is not a field of Container. ` +
        '`kubectl explain deployment.spec.template.spec.containers` lists the fields.',
    ],
    [
      'with a name that JavaScript objects inherit',
      deployment({ spec: { constructor: 'x' } }),
      'spec.constructor: constructor is not a field of DeploymentSpec. `kubectl explain deployment.spec` lists the fields.',
    ],
    [
      'that only the cluster writes, elsewhere',
      deployment({ spec: { status: {} } }),
      'spec.status: status is not a field of DeploymentSpec. `kubectl explain deployment.spec` lists the fields.',
    ],
    [
      'that only the cluster writes',
      { ...deployment(), status: {} },
      'status: only the cluster writes status. Remove the field.',
    ],
  ])('%s is reported where it stands', (_, checked, message) => {
    expect(check(checked)).toEqual([message]);
  });

  test.each<[string, string]>([
    ['securityContxt', 'securityContext'],
    ['volumemounts', 'volumeMounts'],
    ['nmae', 'name'],
    ['envs', 'env'],
  ])('%s suggests %s', (misspelt, meant) => {
    expect(check(deployment({ container: { [misspelt]: [] } }))).toEqual([
      `${container}.${misspelt}: ${misspelt} is not a field of Container. Did you mean ${meant}?`,
    ]);
  });

  test("TypeScript's name of a field suggests Kubernetes' name", () => {
    expect(check(object('v1', 'Service', { spec: { clusterIp: 'None' } }))).toEqual([
      'spec.clusterIp: clusterIp is not a field of ServiceSpec. Did you mean clusterIP?',
    ]);
  });
});

describe('a missing field', () => {
  test('is reported with the type that requires it', () => {
    expect(check(object('apps/v1', 'Deployment', { spec: { template: {} } }))).toEqual([
      'spec.selector: selector is missing; DeploymentSpec requires it',
    ]);
  });

  test('is reported in each object of a list', () => {
    expect(check(deployment({ container: { ports: [{ containerPort: 1 }, { name: 'http' }] } }))).toEqual([
      `${container}.ports[1].containerPort: containerPort is missing; ContainerPort requires it`,
    ]);
  });
});

describe('what rules are given of an object', () => {
  const sound = (checked: KubernetesObject) => inspectSchema(checked).sound;

  test('is the object itself where all is right', () => {
    const checked = deployment();
    expect(sound(checked)).toBe(checked);
  });

  test('has what was meant by a value of a wrong type', () => {
    const container = {
      image: 5,
      ports: [{ containerPort: '80' }],
      resources: { limits: { memory: '256MB' } },
    };
    expect(sound(deployment({ spec: { replicas: '3' }, container }))).toMatchObject({
      spec: {
        replicas: 3,
        template: {
          spec: {
            containers: [
              { image: '5', ports: [{ containerPort: 80 }], resources: { limits: { memory: '256M' } } },
            ],
          },
        },
      },
    });
  });

  test('omits an unreadable value, and keeps its siblings', () => {
    const checked = deployment({ spec: { replicas: 'three', paused: true } });
    const { replicas, ...spec } = checked['spec'] as Fields;
    expect(replicas).toBe('three');
    expect(sound(checked)).toEqual({ ...checked, spec });
  });

  test('omits a list with an unreadable item, and keeps the object around it', () => {
    const checked = deployment({ container: { image: 'a:1', ports: [{ containerPort: 80 }, 'http'] } });
    expect(valueAt(sound(checked), 'spec.template.spec.containers')).toEqual([{ name: 'api', image: 'a:1' }]);
  });

  test('leaves what was given as it was', () => {
    const checked = deployment({ spec: { replicas: '3' } });
    sound(checked);
    expect(checked).toEqual(deployment({ spec: { replicas: '3' } }));
  });

  test('is read of a kind without a schema too', () => {
    const metadata = { name: 'a', labels: { app: 5 } } as unknown as KubernetesObject['metadata'];
    expect(sound({ ...object('example.com/v1', 'Till'), metadata }).metadata).toEqual({
      name: 'a',
      labels: { app: '5' },
    });
  });
});
