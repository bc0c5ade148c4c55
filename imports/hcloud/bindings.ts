import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { OutputFile } from '../../lib/documents/file';

/**
 * The resource types that have bindings. schema.json in this directory has all types that a cluster can use: to add a
 * type, add its name here and run `npm run imports`.
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

/** The version constraint of the bindings; `cdktf.json` and the stack state the same constraint. */
const constraint = 'hetznercloud/hcloud@~> 1.68';

/** The used parts of the output of `terraform providers schema -json`. */
interface ProviderSchemas {
  readonly provider_schemas: Readonly<Record<string, ProviderSchema>>;
}
interface ProviderSchema {
  readonly resource_schemas: Readonly<Record<string, unknown>>;
}

/**
 * The used parts of the generator's packages. `codemaker` does not export its list of files, so its version is pinned.
 */
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

const header = `// Made by \`npm run imports\` from imports/hcloud/schema.json. Edit that file instead.
// @ts-nocheck: the generated code doesn't know this project's strictest options. The types are correct for code that imports it.
`;

/**
 * Generates `imports/providers/hcloud/`: a construct and its props for each resource type and for the provider.
 *
 * The output is the same as that of `cdktf get`, whose classes are used here, but the schema is not downloaded from a
 * registry. The entry point of the package needs jsii; the imported file of the generator does not.
 *
 * @param root the directory of the project, from which the generator is resolved
 */
export function hcloudBindings(root: string): OutputFile[] {
  const require = createRequire(join(root, 'package.json'));
  // Without these settings, the packages send usage reports and run terraform to find its version.
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

/** The stored schema, reduced to the types with bindings. */
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
