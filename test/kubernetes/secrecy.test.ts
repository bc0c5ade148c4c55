import type { Json, KubernetesObject } from '../../lib/documents/kubernetes';
import { looksSecret, namesSecret } from '../../lib/kubernetes/secrecy';
import { shown } from '../../lib/kubernetes/shown';

/** Letters and digits, made here: what is written out would look like a secret to whoever scans this repository. */
const random = (length: number) => 'aB3xY7'.repeat(length).slice(0, length);
const capitals = (length: number) => random(length).toUpperCase();

test.each([
  'PASS',
  'PASSWORD',
  'db_password',
  'REDIS-PASSWD',
  'ssh.passphrase',
  'SECRET',
  'webhook_secret_v2',
  'TOKEN',
  'GITHUB_TOKEN',
  'OIDC_ID_TOKEN',
  'APIKEY',
  'API_KEY',
  'api-key',
  'PRIVATEKEY',
  'private_key',
  'TLS_PRIVATE-KEY',
  'ACCESSKEY',
  'AWS_ACCESS_KEY',
  'access-key',
  'CREDENTIAL',
  'AWS_CREDENTIALS',
  'AUTHKEY',
  'APNS_AUTH_KEY',
  'auth-key',
])('%s is the name of a secret', (name) => {
  expect(namesSecret(name)).toBe(true);
});

test.each([
  'PORT',
  'COMPASS',
  'PASSENGERS',
  'SECRETARY',
  'TOKENS',
  'PUBLIC_KEY',
  'KEY',
  'TOKEN_TTL',
  'TOKEN-LENGTH',
  'APNS_AUTH_KEY_PATH',
  'SECRET.FILE',
  'SECRET_DIR',
  'SECRET_NAME',
  'TOKEN_URL',
  'token_uri',
  'TOKEN_EXPIRY',
  'TOKEN_EXPIRES',
  'AWS_ACCESS_KEY_ID',
  'API_KEY_HEADER',
  'TOKEN_TYPE',
  'TOKEN_ENABLED',
])('%s is not', (name) => {
  expect(namesSecret(name)).toBe(false);
});

test.each([
  ['a private key', `-----BEGIN ${'PRIVATE KEY'}-----`],
  ['a private key of a kind', `-----BEGIN RSA ${'PRIVATE KEY'}-----`],
  ["one of Amazon's", `AKIA${capitals(16)}`],
  ["one of GitHub's", `gho_${random(36)}`],
  ["a longer one of GitHub's", `ghp_${random(40)}`],
  ["one of Slack's", `xoxb-${random(10)}`],
  ["one of Stripe's", `sk_live_${random(16)}`],
  ["one of age's", `AGE-SECRET-KEY-1${capitals(20)}`],
  ['a JSON Web Token', `eyJ${random(10)}.eyJ${random(10)}.${random(4)}`],
  ['a password in a URL', `postgres://shop:${random(8)}@db/shop`],
  ['a password in a URL of a dialect', `postgresql+psycopg2://shop:${random(8)}@db/shop`],
])('%s is a secret, whatever it is called', (_, text) => {
  expect(looksSecret(text)).toBe(true);
  expect(looksSecret(`--key=${text} --verbose`)).toBe(true);
});

test.each([
  ['a public key', '-----BEGIN PUBLIC KEY-----'],
  ["too short for Amazon's", `AKIA${capitals(15)}`],
  ["too long for Amazon's", `AKIA${capitals(17)}`],
  ['a word with AKIA in it', `xAKIA${capitals(16)}`],
  ["too short for GitHub's", `gho_${random(35)}`],
  ["no letter of GitHub's", `ghx_${random(36)}`],
  ["no letter of Slack's", `xoxz-${random(10)}`],
  ["too short for Slack's", `xoxb-${random(9)}`],
  ["a test's of Stripe", `sk_test_${random(16)}`],
  ["too short for Stripe's", `sk_live_${random(15)}`],
  ["too short for age's", `AGE-SECRET-KEY-1${capitals(19)}`],
  ['a token without a body', `eyJ${random(10)}.eyJ${random(9)}.${random(4)}`],
  ['a token without a head', `eyJ${random(9)}.eyJ${random(10)}.${random(4)}`],
  ['a URL without a password', 'https://shop@example.com/a'],
  ['a URL with a port', 'https://example.com:8080/a@b'],
  ['a URL whose password is a variable', 'postgres://shop:$(PASSWORD)@db/shop'],
])('%s is none', (_, text) => {
  expect(looksSecret(text)).toBe(false);
});

describe('a message shows', () => {
  const container = 'spec.template.spec.containers[0]';
  const object = (kind: string): KubernetesObject => ({ apiVersion: 'v1', kind, metadata: { name: 'a' } });

  test.each<[string, string, Json]>([
    ['nothing that a Secret holds', 'stringData.PIN', 4711],
    ['nothing that a Secret holds', 'data', { PIN: 'NDcxMQ==' }],
  ])('%s at %s', (_, path, value) => {
    expect(shown(object('Secret'), path, value)).toBe('set (value hidden, because it is in a Secret)');
  });

  test.each<[string, string, Json, string]>([
    ['Secret', 'metadata.data', 'a', '"a"'],
    ['Secret', 'database', 'a', '"a"'],
    ['ConfigMap', 'data.PORT', '8000', '"8000"'],
  ])('what else a %s has at %s', (kind, path, value, text) => {
    expect(shown(object(kind), path, value)).toBe(text);
  });

  test.each([
    'env',
    `${container}.env`,
    `${container}.env[0]`,
    `${container}.env[10]`,
    `${container}.env[10].value`,
    `${container}.args`,
    `${container}.args[0]`,
    `${container}.args[10]`,
    `${container}.command`,
    `${container}.command[0]`,
    `${container}.command[10]`,
  ])('nothing that a container is given at %s', (path) => {
    expect(shown(object('Deployment'), path, 'hunter2')).toBe('set (value hidden)');
  });

  test.each(['args', 'command', 'value'])('nothing that has %s in it', (field) => {
    expect(shown(object('Deployment'), container, { name: 'a', [field]: 'hunter2' })).toBe(
      'set (value hidden)',
    );
  });

  test.each([`${container}.env[0].name`, `${container}.envFrom[0]`, 'metadata.labels.myenv'])(
    'what stands at %s',
    (path) => {
      expect(shown(object('Deployment'), path, 'a')).toBe('"a"');
    },
  );

  test('nothing that looks like a secret', () => {
    expect(shown(object('ConfigMap'), 'data.KEY', `AKIA${capitals(16)}`)).toBe('set (value hidden)');
  });

  test.each([
    ['80 characters whole', 78, `"${'x'.repeat(78)}"`],
    ['the beginning of more', 79, `"${'x'.repeat(76)}...`],
  ])('%s', (_, length, text) => {
    expect(shown(object('ConfigMap'), 'data.a', 'x'.repeat(length))).toBe(text);
  });
});
