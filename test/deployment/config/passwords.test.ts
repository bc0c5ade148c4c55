import { at } from '../../support/at';
import { podSpec, production, productionWith } from '../../support/production';

describe("a workload that connects to Redis and doesn't read its password", () => {
  const without: [string, string] = [
    'keys: [POSTGRES_PASSWORD, REDIS_PASSWORD] # chapter 0',
    'keys: [POSTGRES_PASSWORD] # chapter 0',
  ];
  const noOthers: [string, string] = [
    '        others:\n          unresolved: kubectl set env deployment/worker -n honeydue --list\n',
    '',
  ];

  test('is warned of, with the key to add', () => {
    expect(productionWith(without, noOthers).warnings).toEqual([
      'workloads.worker connects to redis but does not read the password (Secret honeydue-secrets, key REDIS_PASSWORD). redis refuses clients without a password. Add REDIS_PASSWORD to workloads.worker.secrets.honeydue-secrets.keys, or remove redis from its connectsTo.',
    ]);
  });

  test('is not warned of while other keys are unresolved, which may include it', () => {
    expect(productionWith(without).warnings).toEqual([]);
  });

  test('is not warned of if it reads it', () => {
    expect(production.warnings).toEqual([]);
  });
});

describe('a value composed of a secret', () => {
  test('comes after the secret, and the secret stays out of the manifest', () => {
    const made = productionWith([
      '      APNS_AUTH_KEY_PATH: /secrets/apns/apns_auth_key.p8',
      '      APNS_AUTH_KEY_PATH: /secrets/apns/apns_auth_key.p8\n      CACHE: { compose: redis://:$(REDIS_PASSWORD)@redis:6379 }\n      FORMAT: { literal: $(AMOUNT) EUR }',
    ]);
    const environment = at(podSpec(made, 'api'), 'containers.0.env');
    const names = (environment as { name: string }[]).map(({ name }) => name);
    expect(names.indexOf('CACHE')).toBeGreaterThan(names.indexOf('REDIS_PASSWORD'));
    expect(environment).toEqual(
      expect.arrayContaining([
        { name: 'CACHE', value: 'redis://:$(REDIS_PASSWORD)@redis:6379' },
        { name: 'FORMAT', value: '$$(AMOUNT) EUR' },
      ]),
    );
  });
});
