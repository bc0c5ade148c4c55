import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '../../../lib/cli/synthesize';
import { expression, literal } from '../../../lib/deployment/stacks/literal';
import { edited, root, withConfiguration } from '../../support/configuration';
import { newCluster as made } from '../../support/new-cluster';
import { production, productionWith } from '../../support/production';
import { configurationOf } from '../../support/terraform';

const text = (synthesis: typeof production) => synthesis.terraformFiles.map((file) => file.text).join('\n');

describe('the state', () => {
  test('is next to the output directory, so that deleting the output loses nothing', () => {
    expect(configurationOf(production).terraform['backend']).toEqual({
      local: { path: '../../../../terraform.honeydue.tfstate' },
    });
  });

  test('is in a bucket of Backblaze by one entry, without what only Amazon has', () => {
    expect(configurationOf(made).terraform['backend']).toEqual({
      s3: {
        bucket: 'example-terraform',
        key: 'shop/terraform.tfstate',
        region: 'us-east-005',
        endpoints: { s3: 'https://s3.us-east-005.backblazeb2.com' },
        skip_credentials_validation: true,
        skip_metadata_api_check: true,
        skip_region_validation: true,
        skip_requesting_account_id: true,
        skip_s3_checksum: true,
        use_path_style: true,
      },
    });
  });
});

test('the providers are pinned', () => {
  expect(configurationOf(production).terraform['required_providers']).toEqual({
    cloudflare: { source: 'cloudflare/cloudflare', version: '5.14.0' },
    hcloud: { source: 'hetznercloud/hcloud', version: '1.68.0' },
  });
});

test('no variable has a default, and each says what it is and refuses what can not be', () => {
  const variables = [production, made].flatMap((each) => Object.values(configurationOf(each).variable));
  expect(variables.length).toBeGreaterThan(30);
  for (const variable of variables) {
    expect(variable).not.toHaveProperty('default');
    expect(variable).toMatchObject({ nullable: false, description: expect.any(String) });
    expect(variable['validation']).toHaveLength(1);
  }
});

test('every variable is one that is read', () => {
  for (const synthesis of [production, made]) {
    const { variable, ...others } = configurationOf(synthesis);
    const read = JSON.stringify(others);
    for (const name of Object.keys(variable)) expect(read).toContain(`var.${name}`);
  }
});

describe('the JSON', () => {
  test.each([
    ['production', production],
    ['a new cluster', made],
  ])(
    'of %s has no hash, no path of a machine, no metadata of the code, and no expression in another',
    (_, of) => {
      expect(text(of)).not.toMatch(/TfToken|_[0-9A-F]{8}"|stackTrace|uniqueId/);
      expect(text(of)).not.toContain(root);
      expect(text(of)).not.toMatch(/[^$]\$\{[^"}]*\$\{/);
    },
  );

  test('is the same whatever the order of the configuration', () => {
    const [first = '', second = ''] = [
      / {2}hetzner1:\n[\s\S]*?(?= {2}hetzner2:\n)/,
      / {2}hetzner2:\n[\s\S]*?(?= {2}hetzner3:\n)/,
    ].map((pattern) => pattern.exec(edited([]))?.[0]);
    const turned = productionWith([first + second, second + first]);
    expect(text(turned)).toBe(text(production));
  });

  test('has a manifest, by which the stock CLI finds the stack', () => {
    const manifest = production.terraformFiles.find(({ path }) => path === 'manifest.json');
    expect(JSON.parse(manifest?.text ?? '')).toMatchObject({
      version: '0.21.0',
      stacks: { honeydue: { synthesizedStackPath: 'stacks/honeydue/cdk.tf.json' } },
    });
  });
});

test('a deployment without servers and zone has no Terraform output', () => {
  const text = edited([])
    .replace(/# What Terraform makes at Hetzner[\s\S]*?(?=\n# What the workloads talk to)/, '')
    .replace(/ {2}cloudflare:\n(?: {4}.*\n)+/, '');
  expect(withConfiguration(text, synthesize).terraformFiles).toEqual([]);
});

test('a deployment without public hosts admits only its operator and its nodes', () => {
  const example = (file: string) => readFileSync(join(root, 'examples', 'new-cluster', file), 'utf8');
  const text = example('production.yaml')
    .replace(/edge:\n(?: .*\n)+/, '')
    .replace(/ {2}origin-certificate:\n(?: {4}.*\n)+/, '')
    .replace(/ {4}hosts: .*\n/, '');
  const { terraform, files } = withConfiguration(text, synthesize, example('images.lock.yaml'));
  expect(JSON.stringify(terraform)).not.toContain('"443"');
  for (const script of files.filter(({ path }) => path.endsWith('.sh'))) {
    expect(script.text).not.toMatch(/ 443 |cloudflare/i);
  }
});

describe.each([
  ['production', production],
  ['a new cluster', made],
])('what the expressions of %s name', (_, of) => {
  const configuration = configurationOf(of);
  const namedIn = (value: unknown) =>
    JSON.stringify(value).match(/\bvar\.\w+|\bdata\.\w+\.\w+|(?<![\w.])(?:hcloud|cloudflare)_\w+\.\w+/g) ??
    [];
  const blocks = new Map<string, unknown>([
    ...Object.entries(configuration.variable).map(([name]) => [`var.${name}`, {}] as const),
    ...(['data', 'resource'] as const).flatMap((kind) =>
      Object.entries(configuration[kind]).flatMap(([type, named]) =>
        Object.entries(named).map(
          ([name, body]) => [`${kind === 'data' ? 'data.' : ''}${type}.${name}`, body] as const,
        ),
      ),
    ),
  ]);

  test('is there', () => {
    const named = namedIn(configuration);
    expect(named.length).toBeGreaterThan(50);
    expect([...new Set(named)].filter((name) => !blocks.has(name))).toEqual([]);
  });

  test('never waits for itself', () => {
    const waitsFor = (address: string, path: readonly string[]): void => {
      expect(path).not.toContain(address);
      for (const next of namedIn(blocks.get(address))) waitsFor(next, [...path, address]);
    };
    for (const address of blocks.keys()) waitsFor(address, []);
  });
});

test.each([
  ['echo "${HOME}"', 'echo "$${HOME}"'],
  ['date +%{s}', 'date +%%{s}'],
  ['a $ and a % alone', 'a $ and a % alone'],
  ['$${x}', '$$${x}'],
])('%j is taken as it is', (shell, written) => {
  expect(literal(shell)).toBe(written);
});

test('an expression is computed', () => {
  expect(expression('var.x')).toBe('${var.x}');
});
