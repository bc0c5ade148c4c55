import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildProvider } from '../../imports/terraform/provider-module';
import type { Synthesis } from '../../lib/cli/synthesize';
import { providerLockFiles } from '../../lib/deployment/checks/provider-lock';
import type { ProviderLock } from '../../lib/deployment/config/provider-lock';
import type { Json } from '../../lib/documents/kubernetes';
import type { TerraformBlock, TerraformConfiguration } from '../../lib/documents/terraform';
import { printStacks } from '../../lib/output/terraform';
import { configurationOf } from '../support/terraform';

export const isTerraformInstalled = spawnSync('terraform', ['version']).status === 0;

const version = '1.68.0';

/** How one run of Terraform ended. */
export interface Run {
  readonly status: number | null;
  /** Both of its streams, in lines of any length. */
  readonly text: string;
}

/** The directory of a stack, in which the real Terraform runs with the real provider of Hetzner. */
export class Workspace {
  readonly directory = mkdtempSync(join(tmpdir(), 'honeydue-terraform-'));
  /** Where the provider is installed from. */
  readonly mirror = join(this.directory, 'mirror');
  /** The directory of the stack itself. */
  readonly stack = join(this.directory, 'stack');
  /** The program of the provider, as it lies in the mirror. */
  readonly program: string;

  constructor(
    private readonly endpoint: string,
    private readonly variables: Readonly<Record<string, string>>,
    private readonly lock?: ProviderLock,
  ) {
    const platform = `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`;
    const place = join(this.mirror, 'registry.terraform.io', 'hetznercloud', 'hcloud', version, platform);
    for (const directory of [this.stack, place]) mkdirSync(directory, { recursive: true });
    this.program = join(place, `terraform-provider-hcloud_v${version}`);
    copyFileSync(buildProvider(version), this.program);
    const installation = `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(this.mirror)}\n  }\n}\n`;
    writeFileSync(join(this.directory, 'cli.tfrc'), installation);
  }

  /**
   * Writes what a synthesis describes at Hetzner into the directory.
   *
   * @param change another server of a name, for what the configuration has no word for
   */
  write(
    synthesis: Synthesis,
    name = '',
    change: (server: TerraformBlock) => TerraformBlock = (same) => same,
  ): void {
    const described = hetznerOnly(configurationOf(synthesis));
    const { hcloud_server: servers = {}, ...others } = described.resource;
    const changed = Object.entries(servers).map(([each, body]) => [
      each,
      each === name ? change(body) : body,
    ]);
    const resource = { ...others, hcloud_server: Object.fromEntries(changed) as typeof servers };
    const document = { stack: 'stack', file: 'stack/cdk.tf.json', configuration: { ...described, resource } };
    const [printed] = printStacks([document]);
    for (const { path, text } of [...(printed ? [printed] : []), ...providerLockFiles([document], this.lock)])
      writeFileSync(join(this.directory, path), text);
  }

  /** The variables by which Terraform finds the provider, the provider its server, and the stack its secrets. */
  get environment(): Readonly<Record<string, string>> {
    return {
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      TF_CLI_CONFIG_FILE: join(this.directory, 'cli.tfrc'),
      HCLOUD_ENDPOINT: this.endpoint,
      ...Object.fromEntries(Object.entries(this.variables).map(([name, value]) => [`TF_VAR_${name}`, value])),
    };
  }

  /** Runs one command of Terraform without asking anything. */
  run(...parameters: readonly string[]): Promise<Run> {
    const env = { PATH: process.env['PATH'], HOME: this.directory, ...this.environment };
    const isFlag = (parameter: string) => parameter.startsWith('-');
    const command = parameters.filter((each) => !isFlag(each));
    const flags = ['-no-color', ...parameters.filter(isFlag)];
    const child = spawn('terraform', [`-chdir=${this.stack}`, ...command, ...flags], { env });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
    // Terraform breaks its messages into lines that begin with a bar.
    const joined = () => text.replace(/\s*\n│?\s*/g, ' ');
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status) => resolve({ status, text: joined() }));
    });
  }

  /** A directory of the operator's would be in the way of the next run. */
  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/**
 * A stack without Cloudflare's part, whose provider is too large to build here, and with a state of its own. Hetzner's
 * part refers to nothing of it.
 */
function hetznerOnly(configuration: TerraformConfiguration): TerraformConfiguration {
  const { terraform, provider, variable, data, resource, import: imports, output } = configuration;
  const isHetzners = (name: string) => name.startsWith('hcloud');
  const only = <T>(map: Readonly<Record<string, T>>, keep: (name: string, value: T) => boolean) =>
    Object.fromEntries(Object.entries(map).filter(([name, value]) => keep(name, value)));
  const kept = {
    provider: only(provider, isHetzners),
    data: only(data, isHetzners),
    resource: only(resource, isHetzners),
    import: imports.filter(({ to }) => isHetzners(to)),
    output: only(output, (_, value) => !JSON.stringify(value).includes('cloudflare')),
  };
  const text = JSON.stringify(kept);
  return {
    ...configuration,
    ...kept,
    terraform: {
      required_version: terraform['required_version'],
      required_providers: only(terraform['required_providers'] as Readonly<Record<string, Json>>, isHetzners),
    },
    variable: only(variable, (name) => text.includes(`var.${name}`)),
  };
}
