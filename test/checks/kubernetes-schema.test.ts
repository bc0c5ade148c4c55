import { checkSchema, inspectSchema } from '../../lib/checks/kubernetes-schema';
import type { Json, KubernetesObject } from '../../lib/documents/kubernetes';
import { check, type Fields, object } from './schema';

function deployment({ spec = {}, pod = {}, container = {} }: Record<string, Fields> = {}): KubernetesObject {
  const labels = { 'app.kubernetes.io/name': 'api' };
  const api = { name: 'api', image: 'registry.example.com/api:1', ...container };
  const template = { metadata: { labels }, spec: { containers: [api], ...pod } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'api', namespace: 'honeydue', labels },
    spec: { replicas: 3, selector: { matchLabels: labels }, template, ...spec },
  };
}

const container = 'spec.template.spec.containers[0]';

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
        rule: 'kubernetes-schema',
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
      'data: data is not a field of apps/v1/Deployment. `kubectl explain deployment` lists them.',
    ],
    [
      'of its metadata',
      { ...deployment(), metadata: { name: 'api', team: 'web' } },
      'metadata.team: team is not a field of ObjectMeta. `kubectl explain deployment.metadata` lists them.',
    ],
    [
      'of its spec',
      deployment({ spec: { containers: [] } }),
      'spec.containers: containers is not a field of DeploymentSpec. `kubectl explain deployment.spec` lists them.',
    ],
    [
      'of the pod',
      deployment({ pod: { resourcesOfAll: {} } }),
      'spec.template.spec.resourcesOfAll: resourcesOfAll is not a field of PodSpec. ' +
        '`kubectl explain deployment.spec.template.spec` lists them.',
    ],
    [
      'of an object in a list',
      deployment({ container: { cpu: '100m' } }),
      `${container}.cpu: cpu is not a field of Container. ` +
        '`kubectl explain deployment.spec.template.spec.containers` lists them.',
    ],
    [
      'with a name that JavaScript objects inherit',
      deployment({ spec: { constructor: 'x' } }),
      'spec.constructor: constructor is not a field of DeploymentSpec. `kubectl explain deployment.spec` lists them.',
    ],
    [
      'that only the cluster writes, elsewhere',
      deployment({ spec: { status: {} } }),
      'spec.status: status is not a field of DeploymentSpec. `kubectl explain deployment.spec` lists them.',
    ],
    [
      'that only the cluster writes',
      { ...deployment(), status: {} },
      'status: status is written by the cluster alone. Leave it out.',
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

describe('a value of the wrong type', () => {
  test.each<[string, Fields, string]>([
    ['a number for a string', { image: 1.5 }, 'image: 1.5 is not a string. Write "1.5", with quotes.'],
    ['a boolean for a string', { image: true }, 'image: true is not a string. Write "true", with quotes.'],
    ['an object for a string', { image: { tag: 1 } }, 'image: {"tag":1} is not a string'],
    ['a word for a boolean', { tty: 'yes' }, 'tty: "yes" is not true or false'],
    ['a word that begins like a boolean', { tty: 'trueish' }, 'tty: "trueish" is not true or false'],
    ['a word that ends like a boolean', { tty: 'untrue' }, 'tty: "untrue" is not true or false'],
    ['a quoted boolean', { tty: 'false' }, 'tty: "false" is not true or false. Write false, without quotes.'],
    ['an object for a list', { ports: { containerPort: 1 } }, 'ports: {"containerPort":1} is not a list'],
    ['a string for a list', { volumeMounts: 'tmp' }, 'volumeMounts: "tmp" is not a list'],
    [
      'a number in a list of strings',
      { args: ['-p', 80] },
      'args[1]: 80 is not a string. Write "80", with quotes.',
    ],
    [
      'a string for an object',
      { resources: 'small' },
      'resources: "small" is not an object (ResourceRequirements)',
    ],
    ['a list for an object', { resources: [] }, 'resources: [] is not an object (ResourceRequirements)'],
    [
      'a string in a list of objects',
      { envFrom: ['config'] },
      'envFrom[0]: "config" is not an object (EnvFromSource)',
    ],
  ])('%s is reported', (_, fields, message) => {
    expect(check(deployment({ container: fields }))).toEqual([`${container}.${message}`]);
  });

  test.each<[string, Json, string]>([
    ['a fraction', 1.5, '1.5 is not an integer'],
    ['a quoted integer', '3', '"3" is not an integer. Write 3, without quotes.'],
    ['a quoted integer of several digits', '-12', '"-12" is not an integer. Write -12, without quotes.'],
    ['a word', 'three', '"three" is not an integer'],
    ['a word that begins with a digit', '3rd', '"3rd" is not an integer'],
    ['a word that ends with a digit', 'v3', '"v3" is not an integer'],
    ['a number beyond 2^53', 2 ** 53, '9007199254740992 is not an integer'],
  ])('%s is not an integer', (_, replicas, message) => {
    expect(check(deployment({ spec: { replicas } }))).toEqual([`spec.replicas: ${message}`]);
  });

  test.each<[string, Fields, string]>([
    ['of a scalar', { replicas: null }, 'spec.replicas: null is not an integer'],
    ['of an object', { strategy: null }, 'spec.strategy: null is not an object (DeploymentStrategy)'],
    ['of a required field', { selector: null }, 'spec.selector: null is not an object (LabelSelector)'],
  ])('null in place %s is reported', (_, spec, message) => {
    expect(check(deployment({ spec }))).toEqual([`${message}. Give it a value, or leave it out.`]);
  });

  test.each<[Json]>([
    ['yesterday'],
    [2026],
    ['2026-01-31'],
    ['2026-13-31T12:00:00Z'],
    ['2026-01-31T12:00:00'],
    ['+002026-01-31T12:00:00Z'],
    ['2026-01-31T12:00:00Z (UTC)'],
  ])('%p, a time that Kubernetes cannot read, is reported', (creationTimestamp) => {
    const metadata = { name: 'a', creationTimestamp } as unknown as KubernetesObject['metadata'];
    expect(check({ ...object('v1', 'Namespace'), metadata })).toEqual([
      `metadata.creationTimestamp: ${JSON.stringify(creationTimestamp)} is not a time such as "2026-01-31T12:00:00Z"`,
    ]);
  });
});

describe('a map', () => {
  test('reports a value by its key', () => {
    expect(check(object('v1', 'ConfigMap', { data: { PORT: 8000, 'app.yaml': null } }))).toEqual([
      'data.PORT: 8000 is not a string. Write "8000", with quotes.',
      'data["app.yaml"]: null is not a string. Give it a value, or leave it out.',
    ]);
  });

  test('is not a list', () => {
    expect(check(object('v1', 'ConfigMap', { data: ['PORT=8000'] }))).toEqual([
      'data: ["PORT=8000"] is not a map',
    ]);
  });

  test.each(['data', 'stringData'])("of a Secret doesn't show its %s", (field) => {
    expect(check(object('v1', 'Secret', { [field]: { PIN: 4711 } }))).toEqual([
      `${field}.PIN: the value (hidden, because it is a Secret's) is not a string`,
    ]);
  });
});

describe("a container's value of a wrong type", () => {
  test.each<[string, Fields, string]>([
    [
      'shows a number',
      { env: [{ name: 'PORT', value: 8000 }] },
      'env[0].value: 8000 is not a string. Write "8000", with quotes.',
    ],
    [
      'hides a number that is called a secret',
      { env: [{ name: 'DATABASE_PASSWORD', value: 4711 }] },
      'env[0].value: the value (hidden, because it may be a secret) is not a string',
    ],
    [
      'shows a switch',
      { env: [{ name: 'DEBUG', value: true }] },
      'env[0].value: true is not a string. Write "true", with quotes.',
    ],
    [
      'hides anything else, whatever it is called',
      { env: [{ name: 'A', value: ['hunter2'] }] },
      'env[0].value: the value (hidden, because it may be a secret) is not a string',
    ],
    [
      'hides a command',
      { command: 'serve --password hunter2' },
      'command: the value (hidden, because it may be a secret) is not a list',
    ],
    [
      'hides arguments',
      { args: 'serve --password hunter2' },
      'args: the value (hidden, because it may be a secret) is not a list',
    ],
  ])('%s', (_, fields, message) => {
    expect(check(deployment({ container: fields }))).toEqual([`${container}.${message}`]);
  });
});

describe('what rules are given of an object', () => {
  const sound = (checked: KubernetesObject) => inspectSchema(checked).sound;

  test('is the object itself where all is right', () => {
    const checked = deployment();
    expect(sound(checked)).toBe(checked);
  });

  test('is without a value of a wrong type, and has what is beside it', () => {
    const checked = deployment({ spec: { replicas: '3', paused: true } });
    const { replicas, ...spec } = checked['spec'] as Fields;
    expect(replicas).toBe('3');
    expect(sound(checked)).toEqual({ ...checked, spec });
  });

  test('is without a list that has a wrong item, however deep', () => {
    const volumes = [{ name: 'tmp', emptyDir: {} }];
    const checked = deployment({
      container: { image: 5, ports: [{ containerPort: '80' }] },
      pod: { volumes },
    });
    expect(sound(checked)).toMatchObject({ spec: { template: { spec: { volumes } } } });
    expect(sound(checked)).not.toHaveProperty('spec.template.spec.containers');
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
      labels: {},
    });
  });
});

describe('a quantity', () => {
  const withMemory = (memory: Json) => deployment({ container: { resources: { limits: { memory } } } });

  test.each<[Json]>([['512Mi'], ['1e3'], [536870912]])('%p passes', (value) => {
    expect(check(withMemory(value))).toEqual([]);
  });

  test.each<[Json, string]>([
    ['', '"" is not a quantity such as 250m, 1.5 or 512Mi'],
    [true, 'true is not a quantity such as 250m, 1.5 or 512Mi'],
    ['512MB', '"512MB" is not a quantity such as 250m, 1.5 or 512Mi. Did you mean 512M?'],
  ])('%p does not', (value, message) => {
    expect(check(withMemory(value))).toEqual([`${container}.resources.limits.memory: ${message}`]);
  });
});

describe('an int-or-string', () => {
  const withSurge = (maxSurge: Json) => deployment({ spec: { strategy: { rollingUpdate: { maxSurge } } } });

  test.each<[Json]>([[0], [1], ['25%']])('%p passes', (value) => {
    expect(check(withSurge(value))).toEqual([]);
  });

  test.each<[Json]>([[1.5], [true], [[1]]])('%p does not', (value) => {
    expect(check(withSurge(value))).toEqual([
      `spec.strategy.rollingUpdate.maxSurge: ${JSON.stringify(value)} is not an integer or a string such as "25%"`,
    ]);
  });
});
