import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askTerraform, homeOf } from '../../../lib/operations/tools/terraform';
import { terraformSteps } from '../../../lib/operations/tools/terraform-steps';
import { isTerraformInstalled } from '../../real/workspace';

const withTerraform = isTerraformInstalled ? describe : describe.skip;

const path = 'stacks/shop/cdk.tf.json';
const secret = 'canary-9d1e77';
const tokens = { TF_VAR_hcloud_token: secret, TF_VAR_cloudflare_api_token: secret };

let root: string;
let out: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'honeydue-terraform-steps-'));
  out = join(root, 'my dist');
  mkdirSync(join(out, 'terraform', 'stacks', 'shop'), { recursive: true });
  process.env['CHECKPOINT_DISABLE'] = '1';
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A stack of resources that Terraform has without a provider; each takes another `input`. */
function stack(inputs: Readonly<Record<string, object>>, more: object = {}) {
  return { path, text: JSON.stringify({ resource: { terraform_data: inputs }, ...more }) };
}

type Stack = ReturnType<typeof stack>;

function write({ text }: Stack): void {
  writeFileSync(join(out, 'terraform', path), text);
}

function terraform(...words: string[]): void {
  const home = `-chdir=${join(out, 'terraform', 'stacks', 'shop')}`;
  const { status, stdout, stderr } = spawnSync('terraform', [home, ...words, '-no-color'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
}

/** A stack without providers leaves no directory behind. */
function init(): void {
  terraform('init');
  mkdirSync(join(out, 'terraform', 'stacks', 'shop', '.terraform'), { recursive: true });
}

const ask = (described: Stack, environment: Readonly<Record<string, string>> = tokens) =>
  askTerraform(homeOf(out, described), described, environment);

withTerraform('terraform plan of a stack', () => {
  test('is not asked where the output is of another configuration', async () => {
    write(stack({ a: { input: 1 } }));
    expect((await ask(stack({ a: { input: 2 } }))).notAsked).toBe(
      `${join(out, 'terraform', path)} is outdated: the configuration has changed. Run npm run synth.`,
    );
  });

  test('is not asked before it is initialised, and the command can be pasted', async () => {
    write(stack({ a: {} }));
    expect((await ask(stack({ a: {} }))).notAsked).toBe(
      `${join(out, 'terraform', 'stacks', 'shop')} is not initialised. Run terraform '-chdir=${join(out, 'terraform', 'stacks', 'shop')}' init`,
    );
  });

  test('is not asked without the tokens', async () => {
    write(stack({ a: {} }));
    init();
    expect((await ask(stack({ a: {} }), { TF_VAR_hcloud_token: secret })).notAsked).toBe(
      'set the environment variables TF_VAR_cloudflare_api_token (docs/terraform.md).',
    );
  });

  test('lists what it creates, updates, replaces and deletes, and nothing that it keeps', async () => {
    const kept = { kept: { input: 'same' } };
    write(
      stack({ ...kept, updated: { input: 1 }, replaced: { triggers_replace: 1 }, deleted: { input: 1 } }),
    );
    init();
    terraform('apply', '-auto-approve', '-input=false');
    const next = stack({ ...kept, updated: { input: 2 }, replaced: { triggers_replace: 2 }, created: {} });
    write(next);
    const { notAsked, changes } = await ask(next);
    expect([notAsked, changes.map(({ action, address }) => `${action} ${address}`).sort()]).toEqual([
      undefined,
      [
        'create terraform_data.created',
        'delete terraform_data.deleted',
        'replace terraform_data.replaced',
        'update terraform_data.updated',
      ],
    ]);
  });

  test('that fails says every reason, and no value of a variable', async () => {
    const variable = { hcloud_token: { sensitive: true }, zone: {}, adopt: {} };
    const failing = stack({ a: { input: '${var.zone}-${var.adopt}-${var.hcloud_token}' } }, { variable });
    write(failing);
    init();
    const { notAsked = '' } = await ask(failing);
    expect(notAsked).toMatch(
      /^terraform plan ended with exit code 1\. Error: No value for required variable/,
    );
    expect(notAsked).not.toContain(secret);
  });

  test('reads the values of honeydue.tfvars next to the output', async () => {
    const open = stack({ a: { input: '${var.zone}' } }, { variable: { zone: {} } });
    write(open);
    writeFileSync(join(root, 'honeydue.tfvars'), 'zone = "shop.example"\n');
    init();
    expect(await ask(open)).toEqual({
      notAsked: undefined,
      changes: [{ action: 'create', address: 'terraform_data.a' }],
    });
  });

  test('becomes a step with the command of the apply', async () => {
    const described = stack({ a: { input: 1 } });
    write(described);
    init();
    const { steps } = await terraformSteps(out, described, tokens);
    const directory = join(out, 'terraform', 'stacks', 'shop');
    expect(steps).toEqual([
      {
        ...{ tool: 'terraform', name: 'terraform', when: 'after', found: ['create terraform_data.a'] },
        words: ['terraform', `-chdir=${directory}`, 'apply'],
      },
    ]);
  });
});
