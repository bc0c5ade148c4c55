import { loadConfiguration } from '../../../../lib/deployment/config/load';
import { ConfigError } from '../../../../lib/input/problem';
import { edited } from '../../../support/configuration';
import { staging, withEnvironments } from './environments';

/** Staging with more lines, and what is read of it. */
function load(more: string, files: Record<string, string> = {}) {
  return withEnvironments(edited([]), { ...files, 'staging.yaml': withLines(more) }, (pathOf) =>
    loadConfiguration(pathOf('staging.yaml')),
  );
}

/** Replaces sections of staging by those that are stated. */
function withLines(more: string): string {
  const keys = [...more.matchAll(/^(\w+):/gm)].map(([, key]) => key);
  const kept = keys.reduce<string>(
    (text, key) => text.replace(new RegExp(`^${key}:.*\\n(?: .*\\n)*`, 'm'), ''),
    staging,
  );
  return `${kept}${more}`;
}

/** What the user reads, without the directory. */
function refusal(more: string, files: Record<string, string> = {}): string {
  try {
    load(more, files);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.replaceAll(/\S*\/honeydue-\w+\//g, '');
    throw error;
  }
  throw new Error('was accepted');
}

describe('an environment', () => {
  test('has what the extended file states', () => {
    expect(load('').deployment.workloads['worker']).toMatchObject({ kind: 'SingletonWorker' });
  });

  test('replaces a value, and keeps the keys around it', () => {
    const { deployment } = load('images: { api: { tag: v2 } }\n', {
      'staging.images.lock.yaml': 'api: { tag: v2 }\n',
    });
    expect(deployment.images['api']).toEqual({
      repository: 'gitea.treytartt.com/admin/honeydue-api',
      tag: 'v2',
    });
  });

  test('removes a key by null', () => {
    expect(load('').deployment.adopt).toBeUndefined();
  });

  test('replaces a list by a list', () => {
    expect(load('').deployment.workloads['api']).toMatchObject({ hosts: ['staging-api.myhoneydue.com'] });
  });

  test('adds to a list and removes from it', () => {
    const { deployment } = load(
      'workloads: { api: { hosts: { add: [one.myhoneydue.com, two.myhoneydue.com], remove: [api.myhoneydue.com, myhoneydue.com] } }, admin: { hosts: [a.myhoneydue.com] }, web: { hosts: [w.myhoneydue.com] } }\n',
    );
    expect(deployment.workloads['api']).toMatchObject({
      hosts: ['one.myhoneydue.com', 'two.myhoneydue.com'],
    });
  });

  test('removes an element of a list by some of its keys', () => {
    const { deployment } = load('acknowledgements: { remove: [{ rule: pod-probes-identical }] }\n');
    const rules = (deployment.acknowledgements ?? []).map(({ rule }) => rule);
    expect(rules).toEqual([
      'high-user-id',
      'deployment-replicas',
      'deployment-replicas',
      'k3s-end-of-support',
    ]);
  });

  test('replaces an unresolved entry as a whole', () => {
    const { deployment } = load('access: { networks: [84.30.0.0/24] }\n');
    expect(deployment.access.networks).toEqual(['84.30.0.0/24']);
  });

  test('replaces a value by an unresolved entry', () => {
    const { deployment } = load('external: { postgres: { host: { unresolved: ask Neon } } }\n');
    expect(deployment.external?.['postgres']).toEqual({ host: { unresolved: 'ask Neon' }, port: 5432 });
  });

  test('extends another environment', () => {
    const review = 'extends: staging.yaml\nnamespace: review\n';
    withEnvironments(edited([]), { 'staging.yaml': staging, 'review.yml': review }, (pathOf) => {
      expect(() => loadConfiguration(pathOf('review.yml'))).toThrow(/is staging-api.myhoneydue.com, as in/);
    });
  });

  test('leaves out of the lock what only the extended file declares', () => {
    const { lock } = load(
      [
        'images: { curl: null, age: null, rclone: null, postgres: null }',
        'secrets: { honeydue-backup: null }',
        'external: { postgres-direct: null }',
        'workloads:',
        '  postgres-backup: null',
        ...['api', 'admin', 'web'].map((name) => `  ${name}: { hosts: [${name}-staging.myhoneydue.com] }`),
        '',
      ].join('\n'),
    );
    expect(Object.keys(lock)).toContain('redis');
    expect(Object.keys(lock)).not.toContain('curl');
  });
});

describe('a value of an environment has the place of the file that states it', () => {
  const places = withEnvironments(edited([]), { 'staging.yaml': staging }, (pathOf) => {
    const { placeOf } = loadConfiguration(pathOf('staging.yaml'));
    return (path: string[]) => {
      const { file, line } = placeOf(path);
      return `${file.replace(/.*\//, '')}:${line}`;
    };
  });

  test.each([
    [['namespace'], 'staging.yaml:2'],
    [['nodes', 'staging1', 'type'], 'staging.yaml:7'],
    [['workloads', 'api', 'replicas'], 'staging.yaml:13'],
    [['workloads', 'api', 'hosts', '0'], 'staging.yaml:13'],
  ])('%s', (path, place) => {
    expect(places(path)).toBe(place);
  });

  test('also what it does not state', () => {
    expect(places(['workloads', 'api', 'port'])).toMatch(/^production\.yaml:/);
  });
});

describe('a difference without a meaning is refused', () => {
  test.each([
    [
      'an empty value',
      'adopt:\n',
      /^staging\.yaml:\d+:1 adopt: is empty; set a value, or write null to remove the value of \S*production\.yaml$/m,
    ],
    [
      'a removal of a missing key',
      'workloads: { wrker: null, api: { hosts: [] }, admin: { hosts: [] }, web: { hosts: [] } }\n',
      /workloads\.wrker: is null, which removes a key, but \S*production\.yaml has no such key; did you mean "worker"\?/,
    ],
    [
      'a map for a list',
      'acknowledgements: { pod-probes-identical: null }\n',
      /acknowledgements\.pod-probes-identical: is not a list, and \S*production\.yaml has a list here; write a list to replace that list/,
    ],
    [
      'an addition of what is there',
      'access: { sshPorts: { add: [22] } }\n',
      /access\.sshPorts\.add\[0\]: is already in the list of \S*production\.yaml; remove it from add/,
    ],
    [
      'a removal of a missing element',
      'access: { sshPorts: { remove: [23] } }\n',
      /access\.sshPorts\.remove\[0\]: is not in the list of \S*production\.yaml; correct the entry, or delete it/,
    ],
    [
      'an ambiguous removal',
      'acknowledgements: { remove: [{ rule: deployment-replicas }] }\n',
      /acknowledgements\.remove\[0\]: matches 2 entries of \S*production\.yaml; add more keys/,
    ],
    [
      'a removal of what is required',
      'k3s: null\n',
      /^staging\.yaml:\d+:\d+ k3s: is missing; it must be a k3s release/m,
    ],
    [
      'an unknown key',
      'workloads: { api: { replicsa: 2, hosts: [] }, admin: { hosts: [] }, web: { hosts: [] } }\n',
      /^staging\.yaml:\d+:\d+ workloads\.api\.replicsa: unknown key; did you mean "replicas"\?/m,
    ],
    [
      'a file that is not there',
      'extends: prod.yaml\n',
      /extends: is prod\.yaml, but the file \S*prod\.yaml does not exist; correct the path/,
    ],
    [
      'a name that is no text',
      'extends: 5\n',
      /extends: must be the path of the file to extend, such as production\.yaml/,
    ],
  ])('%s', (_, more, message) => {
    expect(refusal(more)).toMatch(message);
  });

  test('a circle', () => {
    const circle = { 'other.yaml': 'extends: staging.yaml\n' };
    expect(refusal('extends: other.yaml\n', circle)).toMatch(
      /^other\.yaml:1:10 extends: is staging\.yaml, which extends this file, so the files extend each other in a cycle\. Choose another file$/,
    );
  });
});
