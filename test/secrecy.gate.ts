import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { rules } from '../lib/analysis/rules';
import { run } from '../lib/analysis/rules/run';
import { honeydue } from '../lib/cli/honeydue';
import { synthesize } from '../lib/cli/synthesize';
import type { Json, KubernetesObject } from '../lib/documents/kubernetes';
import { canary, formsOf } from './support/canary';
import { edited, fixtures, root, withConfiguration, withDirectory } from './support/configuration';
import { production } from './support/production';

const forms = formsOf(canary);

/** The forms of the canary that are in a text. */
const leaks = (text: string): string[] => forms.filter((form) => text.includes(form));

/** All that a command says. */
function said(...args: string[]): string {
  const texts: string[] = [];
  const add = (text: string) => void texts.push(text);
  honeydue(args, { root, stdout: add, stderr: add });
  return texts.join('');
}

test('a canary is found in any encoding', () => {
  const encoded = [
    Buffer.from(`a: ${canary}\n`).toString('base64'),
    Buffer.from(`ab: ${canary}\n`).toString('base64url'),
    Buffer.from(`abc: ${canary}`).toString('hex'),
    `https://example.com/?q=${encodeURIComponent(canary)}`,
    Buffer.from(`x${Buffer.from(canary).toString('base64')}`).toString('base64'),
    JSON.stringify({ canary }),
  ];
  expect(encoded.filter((text) => leaks(text).length === 0)).toEqual([]);
});

describe('no output holds a byte of', () => {
  test('what the environment holds', () => {
    const variables = production.terraform.flatMap(({ configuration }) =>
      Object.keys(configuration.variable ?? {}),
    );
    const names = [
      ...Object.keys(process.env).filter((name) => !/^(PATH|TMPDIR|NODE_.*|JEST_.*)$/.test(name)),
      ...Object.values(production.model.secrets).flatMap(({ keys }) => Object.keys(keys)),
      ...variables.map((name) => `TF_VAR_${name}`),
      ...['HCLOUD_TOKEN', 'CLOUDFLARE_API_TOKEN', 'CLOUDFLARE_API_KEY', 'CLOUDFLARE_EMAIL', 'K3S_TOKEN'],
      ...['TF_VAR_hcloud_token', 'TF_TOKEN_app_terraform_io', 'TF_CLI_ARGS', 'AWS_SECRET_ACCESS_KEY'],
      ...[
        'B2_APPLICATION_KEY',
        'KUBECONFIG',
        'HONEYDUE_CONFIG',
        'HONEYDUE_TOKEN',
        'USER',
        'HOSTNAME',
        'LANG',
      ],
    ];
    const before = { ...process.env };
    for (const name of names) process.env[name] = canary;
    try {
      const { files, terraformFiles } = synthesize(join(fixtures, 'production.yaml'));
      for (const { path, text } of [...files, ...terraformFiles])
        expect([path, leaks(text)]).toEqual([path, []]);
      for (const command of ['check', 'flows', 'drill'])
        expect([command, leaks(said(command, '--config', join(fixtures, 'production.yaml')))]).toEqual([
          command,
          [],
        ]);
    } finally {
      for (const name of names) delete process.env[name];
      Object.assign(process.env, before);
    }
  });

  const secret = (fields: Record<string, Json>): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'keys', namespace: 'shop' },
    ...fields,
  });
  const base64 = Buffer.from(canary).toString('base64');
  const pod = (container: Record<string, Json>): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'cart', namespace: 'shop' },
    spec: { containers: [{ name: 'cart', ...container }] },
  });

  const manifests: [string, KubernetesObject[]][] = [
    ['a Secret', [secret({ data: { a: base64 } })]],
    ['a Secret of plain text', [secret({ stringData: { a: canary } })]],
    ['a Secret under a key that none may have', [secret({ data: { 'a b': base64 } })]],
    ['a Secret of a wrong type', [secret({ data: [base64] })]],
    ['a Secret that is a text', [secret({ stringData: canary })]],
    ['a Secret with a map in it', [secret({ data: { a: { b: base64 } } })]],
    ['a Secret in a field that there is none of', [secret({ value: canary, dat: { a: base64 } })]],
    ['a Secret of a type whose key is missing', [secret({ type: 'kubernetes.io/tls', data: { a: base64 } })]],
    ['a Secret twice', [secret({ data: { a: base64 } }), secret({ stringData: { a: canary } })]],
    [
      'a Secret as kubectl last applied it',
      [
        secret({
          metadata: {
            name: 'keys',
            namespace: 'shop',
            annotations: { 'kubectl.kubernetes.io/last-applied-configuration': `{"data":{"a":"${base64}"}}` },
          },
        }),
      ],
    ],
    [
      'a ConfigMap that names a secret',
      [{ ...secret({ data: { DATABASE_PASSWORD: canary } }), kind: 'ConfigMap' }],
    ],
    ["a container's variable", [pod({ env: [{ name: 'DATABASE_PASSWORD', value: canary }] })]],
    [
      "a container's variable beside a source",
      [
        pod({
          env: [{ name: 'API_KEY', value: canary, valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } }],
        }),
      ],
    ],
    [
      "a container's variable of a wrong type",
      [pod({ env: [{ name: 'DATABASE_PASSWORD', value: [canary] }] })],
    ],
    [
      "a container's variable with a field that there is none of",
      [pod({ env: [{ name: 'A', valve: canary }] })],
    ],
    [
      "a container's arguments",
      [pod({ args: [`--password=${canary}`, `postgres://shop:${canary}@db/shop`] })],
    ],
    ["a container's command of a wrong type", [pod({ command: `redis-server --requirepass ${canary}` })]],
    [
      'a header of a probe',
      [
        pod({
          livenessProbe: { httpGet: { port: 1, httpHeaders: [{ name: 'Authorization', value: canary }] } },
        }),
      ],
    ],
  ];

  test('what was applied before', () => {
    const job = (value: string): KubernetesObject => ({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'migrate', namespace: 'shop' },
      spec: { template: { spec: { containers: [{ name: 'a', env: [{ name: 'A', value }] }] } } },
    });
    const { open } = run([job('b')], rules, { facts: { previous: [job(canary)] } });
    expect(open.map(({ rule: { id } }) => id)).toContain('immutable-fields');
    expect(leaks(open.map(({ message }) => message).join('\n'))).toEqual([]);
  });

  test.each(manifests)('%s, in manifests', (_, objects) => {
    withDirectory((directory) => {
      const path = join(directory, 'manifests.yaml');
      writeFileSync(path, objects.map((object) => stringify(object)).join('---\n'));
      for (const format of ['text', 'json', 'sarif'])
        expect([format, leaks(said('check', path, '--format', format, '--verbose'))]).toEqual([format, []]);
      expect(leaks(said('flows', path))).toEqual([]);
    });
  });

  test.each([
    ['a variable', `API_KEY: "${canary}"`],
    ['a list in place of one', `API_KEY: ["${canary}"]`],
    ['a URL', `DATABASE_URL: "postgres://shop:${canary}@db/shop"`],
  ])('%s of the configuration that holds a secret', (_, entry) => {
    const text = edited([['    environment:\n', `    environment:\n      ${entry}\n`]]);
    const all = withConfiguration(
      text,
      (path) =>
        said('check', '--config', path) + said('synth', '--config', path, '--out', join(path, '..', 'dist')),
    );
    expect(all).not.toBe('');
    expect(leaks(all)).toEqual([]);
  });
});
