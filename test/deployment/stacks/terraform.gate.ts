import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TerraformBlock } from '../../../lib/documents/terraform';
import { withDirectory } from '../../support/configuration';
import { newCluster } from '../../support/new-cluster';
import { production } from '../../support/production';
import { configurationOf, resource } from '../../support/terraform';

const env = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  CHECKPOINT_DISABLE: '1',
  TF_IN_AUTOMATION: '1',
};
const isThere = spawnSync('terraform', ['version'], { env }).status === 0;
const withTerraform = isThere ? test : test.skip;

const made = configurationOf(newCluster);
const adopted = configurationOf(production);

/** Terraform's own word on expressions that read nothing but variables: those need no provider. */
function plan(
  variables: readonly string[],
  outputs: TerraformBlock,
  values: Readonly<Record<string, unknown>>,
) {
  return withDirectory((directory) => {
    const known = { ...adopted.variable, ...made.variable };
    const variable = Object.fromEntries(variables.map((name) => [name, known[name]]));
    const output = Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }]));
    // Line by line, since Terraform's messages quote the line that they are about; and it takes no empty blocks.
    const configuration = Object.keys(output).length === 0 ? { variable } : { variable, output };
    writeFileSync(join(directory, 'main.tf.json'), JSON.stringify(configuration, null, 2));
    writeFileSync(join(directory, 'terraform.tfvars.json'), JSON.stringify(values));
    const { status, stdout, stderr } = spawnSync(
      'terraform',
      [`-chdir=${directory}`, 'plan', '-no-color', '-input=false', '-lock=false'],
      { encoding: 'utf8', env },
    );
    // Terraform breaks its messages into lines that begin with a bar.
    return { status, text: `${stdout}${stderr}`.replace(/\s*\n│?\s*/g, ' ') };
  });
}

describe('a network of the operator', () => {
  withTerraform.each([[['84.20.10.7/32']], [['2a01:4f8::/32', '84.20.10.0/24']]])('may be %j', (networks) => {
    const { status } = plan(['access_networks'], {}, { access_networks: networks });
    expect(status).toBe(0);
  });

  withTerraform.each([
    [['0.0.0.0/0']],
    [['::/0']],
    [['0.0.0.0/1', '128.0.0.0/1']],
    [['192.0.2.7/32']],
    [['84.20.10.7/32', '198.51.100.0/25']],
    [['203.0.113.0/24']],
    [['2001:db8:1::/48']],
    [['3fff:123::1/128']],
    [['84.20.10.7']],
    [['84.20.10.7/24']],
    [['2A01:4F8::/32']],
    [[]],
  ])('may not be %j', (networks) => {
    const { status, text } = plan(['access_networks'], {}, { access_networks: networks });
    expect(status).toBe(1);
    expect(text).toContain('Invalid value for variable');
    expect(text).toContain('Each must be one of your networks in CIDR notation');
  });
});

withTerraform("Backblaze's state is configured as this Terraform knows it", () => {
  const { status, text } = withDirectory((directory) => {
    const { backend, required_version } = made.terraform;
    const terraform = { backend, required_version };
    writeFileSync(join(directory, 'main.tf.json'), JSON.stringify({ terraform }));
    // Nobody answers there: an argument that is wrong is refused before anybody is asked.
    const nobody = ['endpoints={s3="http://127.0.0.1:9"}', 'max_retries=0'];
    const run = spawnSync(
      'terraform',
      [
        `-chdir=${directory}`,
        ...['init', '-no-color', '-input=false'],
        ...nobody.map((each) => `-backend-config=${each}`),
      ],
      { encoding: 'utf8', env: { ...env, AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' } },
    );
    return { status: run.status, text: `${run.stdout}${run.stderr}` };
  });
  expect([status, text]).toEqual([1, expect.stringContaining('connection refused')]);
  expect(text).not.toMatch(/Unsupported argument|Invalid|deprecated/i);
});

withTerraform('an id that nobody knows stops the plan', () => {
  const { status, text } = plan(['adopt_servers_hetzner1'], {}, {});
  expect(status).toBe(1);
  expect(text).toContain('No value for required variable');
});

withTerraform('an id of somebody else is refused', () => {
  const { text } = plan(['adopt_servers_hetzner1'], {}, { adopt_servers_hetzner1: 'ubuntu-8gb-nbg1-2' });
  expect(text).toContain('A Hetzner id is a number.');
});

withTerraform('sign-in paths are limited at api and, by its proxy, at web', () => {
  const rules = resource(production, 'cloudflare_ruleset', 'http_ratelimit')['rules'] as TerraformBlock[];
  const name = 'edge_cloudflare_sign_in_paths';
  const { text } = plan([name], { limit: rules[0]?.['expression'] }, { [name]: ['auth/login/'] });
  expect(text).toContain('http.request.uri.path in {\\"/api/auth/login/\\" \\"/api/proxy/auth/login/\\"}');
});

withTerraform('keys that log on to made servers are told apart by themselves', () => {
  const keys = ['one', 'two'].map((name) => `ssh-ed25519 ${'A'.repeat(68)} ${name}`);
  const { for_each: each } = made.resource['hcloud_ssh_key']?.['operator'] ?? {};
  const { status, text } = plan(['access_authorized_keys'], { keys: each }, { access_authorized_keys: keys });
  expect(status).toBe(0);
  expect(text).toContain(`"${keys[1]}"`);
});

withTerraform('every id of an import is known when a plan begins', () => {
  const ids = Object.fromEntries(adopted.import.map(({ id }, index) => [`id_${index}`, id]));
  const names = [...new Set(adopted.import.flatMap(({ id }) => id.match(/(?<=var\.)\w+/g) ?? []))];
  const values = names.map((name) => [
    name,
    /adopt_(servers|primary|firewall)/.test(name) ? '42' : 'a'.repeat(32),
  ]);
  const { status, text } = plan(names, ids, Object.fromEntries(values));
  expect(status).toBe(0);
  expect(text).not.toContain('known after apply');
});
