import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildProvider } from '../../imports/terraform/provider-module';
import type { Synthesis } from '../../lib/cli/synthesize';
import type { TerraformConfiguration } from '../../lib/documents/terraform';
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
  private readonly stack = join(this.directory, 'stack');

  constructor(
    private readonly endpoint: string,
    private readonly variables: Readonly<Record<string, string>>,
  ) {
    const platform = `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`;
    const mirror = join(this.directory, 'mirror');
    const place = join(mirror, 'registry.terraform.io', 'hetznercloud', 'hcloud', version, platform);
    for (const directory of [this.stack, place]) mkdirSync(directory, { recursive: true });
    copyFileSync(buildProvider(version), join(place, `terraform-provider-hcloud_v${version}`));
    const installation = `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`;
    writeFileSync(join(this.directory, 'cli.tfrc'), installation);
  }

  /** Writes what a synthesis describes at Hetzner into the directory. */
  write(synthesis: Synthesis): void {
    const text = JSON.stringify(hetznerOnly(configurationOf(synthesis)), null, 2);
    writeFileSync(join(this.stack, 'cdk.tf.json'), text);
  }

  /** Runs one command of Terraform without asking anything. */
  run(command: string, ...parameters: readonly string[]): Promise<Run> {
    const env = {
      PATH: process.env['PATH'],
      HOME: this.directory,
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      TF_CLI_CONFIG_FILE: join(this.directory, 'cli.tfrc'),
      HCLOUD_ENDPOINT: this.endpoint,
      ...Object.fromEntries(Object.entries(this.variables).map(([name, value]) => [`TF_VAR_${name}`, value])),
    };
    const child = spawn('terraform', [`-chdir=${this.stack}`, command, '-no-color', ...parameters], { env });
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
function hetznerOnly(configuration: TerraformConfiguration): object {
  const { terraform, provider, variable, resource, import: imports, output } = configuration;
  const isHetzners = (name: string) => name.startsWith('hcloud');
  const only = <T>(map: Readonly<Record<string, T>>, keep: (name: string, value: T) => boolean) =>
    Object.fromEntries(Object.entries(map).filter(([name, value]) => keep(name, value)));
  const kept = {
    provider: only(provider, isHetzners),
    resource: only(resource, isHetzners),
    import: imports.filter(({ to }) => isHetzners(to)),
    output: only(output, (_, value) => !JSON.stringify(value).includes('cloudflare')),
  };
  const text = JSON.stringify(kept);
  return {
    ...kept,
    terraform: {
      required_version: terraform['required_version'],
      required_providers: only(terraform['required_providers'] as Record<string, object>, isHetzners),
    },
    variable: only(variable, (name) => text.includes(`var.${name}`)),
  };
}
