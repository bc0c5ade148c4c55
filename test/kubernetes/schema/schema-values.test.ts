import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import { valueAt } from '../../../lib/kubernetes/path';
import { inspectSchema } from '../../../lib/kubernetes/schema/kubernetes-schema';
import { range } from '../../../lib/kubernetes/schema/schema-values';
import { Walk } from '../../../lib/kubernetes/schema/schema-walk';
import { check, container, deployment, type Fields, object } from '../../analysis/rules/schema';

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
      'resources: "small" is not a map with the fields of ResourceRequirements',
    ],
    [
      'a list for an object',
      { resources: [] },
      'resources: [] is not a map with the fields of ResourceRequirements',
    ],
    [
      'a string in a list of objects',
      { envFrom: ['config'] },
      'envFrom[0]: "config" is not a map with the fields of EnvFromSource',
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
    ['of a scalar', { replicas: null }, 'spec.replicas: null means that the field is absent'],
    ['of an object', { strategy: null }, 'spec.strategy: null means that the field is absent'],
    [
      'of a required field',
      { selector: null },
      'spec.selector: null is not a map with the fields of LabelSelector',
    ],
  ])('null in place %s is reported', (_, spec, message) => {
    expect(check(deployment({ spec }))).toEqual([`${message}. Set a value, or remove the field.`]);
  });

  test('a reader of an object sees no null, and all other fields', () => {
    const { sound } = inspectSchema(deployment({ container: { image: 'a:1', livenessProbe: null } }));
    expect(valueAt(sound, 'spec.template.spec.containers[0]')).toEqual({ name: 'api', image: 'a:1' });
  });

  test("a claim's template may say what it is", () => {
    const claims = [{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data' } }];
    const spec = { selector: {}, template: {}, volumeClaimTemplates: claims };
    expect(check(object('apps/v1', 'StatefulSet', { spec }))).toEqual([]);
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
      'data["app.yaml"]: null is not a string. Set a value, or remove the field.',
    ]);
  });

  test('is not a list', () => {
    expect(check(object('v1', 'ConfigMap', { data: ['PORT=8000'] }))).toEqual([
      'data: ["PORT=8000"] is not a map',
    ]);
  });

  test.each(['data', 'stringData'])("of a Secret doesn't show its %s", (field) => {
    expect(check(object('v1', 'Secret', { [field]: { PIN: 4711 } }))).toEqual([
      `${field}.PIN: the value (hidden, because it is in a Secret) is not a string`,
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

test.each<[string, Json, string[]]>([
  ['100..599', 100, []],
  ['100..599', 599, []],
  ['100..599', 99, ['99 is not an integer of at least 100 and at most 599']],
  ['100..599', 600, ['600 is not an integer of at least 100 and at most 599']],
  ['..599', -1, []],
  ['..599', 600, ['600 is not an integer of at most 599']],
  ['100..', 600, []],
  ['100..', 99, ['99 is not an integer of at least 100']],
])('of the range %s, %p', (text, value, messages) => {
  const walk = new Walk(object('v1', 'ConfigMap'));
  walk.enter('status', value, range(text));
  expect(walk.violations.map(({ message }) => message)).toEqual(messages);
});
