import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { OutputFile } from '../../lib/documents/file';

/**
 * The kinds of resources that have bindings. The schema beside this file knows all that a cluster can use; whoever
 * needs another one adds its name here and runs `npm run imports`.
 */
const resources: readonly string[] = [
  'hcloud_firewall',
  'hcloud_network',
  'hcloud_network_subnet',
  'hcloud_placement_group',
  'hcloud_primary_ip',
  'hcloud_rdns',
  'hcloud_server',
  'hcloud_ssh_key',
];

/** The constraint that the bindings belong to; `cdktf.json` and the stack state the same. */
const constraint = 'hetznercloud/hcloud@~> 1.68';

/** What `terraform providers schema -json` prints, as far as it is read here. */
interface ProviderSchemas {
  readonly provider_schemas: Readonly<Record<string, ProviderSchema>>;
}
interface ProviderSchema {
  readonly resource_schemas: Readonly<Record<string, unknown>>;
}

/** What is used of the generator's packages. `codemaker` keeps its files to itself, so its version is pinned. */
interface CodeMaker {
  readonly files: readonly { readonly filePath: string; readonly buffer: string }[];
}
interface Commons {
  readonly ConstructsMakerProviderTarget: new (constraint: unknown, language: unknown) => unknown;
  readonly TerraformProviderConstraint: new (constraint: string) => unknown;
  readonly Language: { readonly TYPESCRIPT: unknown };
}
interface Generator {
  readonly TerraformProviderGenerator: new (
    code: CodeMaker,
    schemas: unknown,
  ) => { generate(target: unknown): void };
}

const header = `// Made by \`npm run imports\` from imports/hcloud/schema.json: edit that.
// @ts-nocheck: the generated code doesn't know this project's strictest options. Its types hold for who imports it.
`;

/**
 * Generates `imports/providers/hcloud/`: a construct and its props for each kind of resource, and for the provider.
 *
 * It is the code that `cdktf get` makes, by the same classes, without asking a registry for the schema. The package's
 * own entry needs jsii; the generator's file does not.
 *
 * @param root the project's directory, from which the generator is resolved
 */
export function hcloudBindings(root: string): OutputFile[] {
  const require = createRequire(join(root, 'package.json'));
  // Otherwise the packages report that they were used, and run terraform to tell which one.
  Object.assign(process.env, { CHECKPOINT_DISABLE: '1', TERRAFORM_BINARY_NAME: 'terraform-is-not-needed' });
  const { ConstructsMakerProviderTarget, TerraformProviderConstraint, Language } =
    require('@cdktf/commons') as Commons;
  const { TerraformProviderGenerator } =
    require('@cdktf/provider-generator/lib/get/generator/provider-generator') as Generator;
  const { CodeMaker } = require('codemaker') as { CodeMaker: new () => CodeMaker };
  const code = new CodeMaker();
  new TerraformProviderGenerator(code, schemasOf(root)).generate(
    new ConstructsMakerProviderTarget(new TerraformProviderConstraint(constraint), Language.TYPESCRIPT),
  );
  return code.files
    .filter(({ filePath }) => /^providers\/hcloud\/[\w-]+\/index\.ts$/.test(filePath))
    .map(({ filePath, buffer }) => ({ path: `imports/${filePath}`, text: header + buffer }));
}

/** The kept schema without what has no bindings. */
function schemasOf(root: string): ProviderSchemas {
  const kept = JSON.parse(readFileSync(join(root, 'imports/hcloud/schema.json'), 'utf8')) as ProviderSchemas;
  const [[name, provider] = []] = Object.entries(kept.provider_schemas);
  if (name === undefined || provider === undefined)
    throw new Error('imports/hcloud/schema.json has no provider');
  const chosen = resources.map((resource) => {
    const schema = provider.resource_schemas[resource];
    if (schema === undefined) throw new Error(`imports/hcloud/schema.json has no ${resource}`);
    return [resource, schema] as const;
  });
  const trimmed = { ...provider, resource_schemas: Object.fromEntries(chosen), data_source_schemas: {} };
  return { ...kept, provider_schemas: { [name]: trimmed } };
}
