import { at } from '../../support/at';
import type { Edit } from '../../support/configuration';
import { find, manifestsWith, production, productionWith } from '../../support/production';

/** The workloads whose pod templates an edit changes: those that restart. */
function restarted(...edits: Edit[]): string[] {
  const before = templates(production);
  const after = templates(manifestsWith(...edits));
  return [...before.keys()].filter((name) => before.get(name) !== after.get(name)).sort();
}

function templates({ documents }: Pick<typeof production, 'documents'>): Map<string, string> {
  const deployments = documents.map(({ object }) => object).filter(({ kind }) => kind === 'Deployment');
  return new Map(
    deployments.map((object) => [object.metadata.name, JSON.stringify(at(object, 'spec.template'))]),
  );
}

const apiUrl: Edit = ['API_URL: https://api.myhoneydue.com/api #', 'API_URL: https://api.example.com/api #'];

describe('a change of configuration', () => {
  test('in the shared ConfigMap restarts all who read the whole of it, and Redis not', () => {
    expect(restarted(apiUrl)).toEqual(['admin', 'api', 'web', 'worker']);
  });

  test('restarts those alone who read the key, where they say which (ADR 5)', () => {
    const narrow: Edit = ['    config: all # API_URL is what it needs of it', '    config: [API_URL]'];
    const worker: Edit = [
      '    config: all\n    secrets:\n      honeydue-secrets:\n        keys: [POSTGRES_PASSWORD, REDIS_PASSWORD]',
      '    config: [FEATURE_PUSH_ENABLED]\n    secrets:\n      honeydue-secrets:\n        keys: [POSTGRES_PASSWORD, REDIS_PASSWORD]',
    ];
    const before = templates(manifestsWith(narrow, worker));
    const after = templates(manifestsWith(narrow, worker, apiUrl));
    expect([...before.keys()].filter((name) => before.get(name) !== after.get(name)).sort()).toEqual([
      'admin',
      'api',
      'web',
    ]);
  });

  test('leaves the name of the ConfigMap alone', () => {
    expect(find(manifestsWith(apiUrl), 'ConfigMap', 'honeydue-config').metadata.name).toBe('honeydue-config');
  });

  test("of a Secret's revision restarts those who read it", () => {
    expect(restarted(['honeydue-secrets:\n    revision: 1', 'honeydue-secrets:\n    revision: 2'])).toEqual([
      'api',
      'redis',
      'redis-exporter',
      'worker',
    ]);
  });

  test("of the APNs key's revision restarts api, which mounts it", () => {
    expect(restarted(['honeydue-apns-key:\n    revision: 1', 'honeydue-apns-key:\n    revision: 2'])).toEqual(
      ['api'],
    );
  });

  test("of one workload's image restarts that one", () => {
    expect(restarted(['repository: redis #', 'repository: docker.io/library/redis #'])).toEqual(['redis']);
  });

  test('of a replica count restarts no pod', () => {
    expect(restarted(['    image: web\n    replicas: 3', '    image: web\n    replicas: 4'])).toEqual([]);
  });

  test('of a comment or of the order of keys changes no byte', () => {
    const same = productionWith(
      ['# honeyDue', '# The honeyDue'],
      [
        '    image: web\n    replicas: 3\n    minAvailable: 2\n',
        '    minAvailable: 2\n    replicas: 3\n    image: web\n',
      ],
    );
    expect(same.files).toEqual(production.files);
  });
});
