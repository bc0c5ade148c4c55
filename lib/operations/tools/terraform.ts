import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OutputFile } from '../../documents/file';
import { runProgram } from '../process';
import { commandOf } from './other-step';

/** The planned changes of one stack. */
export interface TerraformAnswer {
  /** Why there is no plan; undefined if there is one. */
  readonly notAsked: string | undefined;
  /** Empty if nothing changes. */
  readonly changes: readonly TerraformChange[];
}

export interface TerraformChange {
  /** `cloudflare_dns_record.api` */
  readonly address: string;
  /** Such as `create`, `update`, `delete`, `replace` or `import`. */
  readonly action: string;
}

/** The environment variables with the tokens that a plan needs. */
const tokens = ['TF_VAR_hcloud_token', 'TF_VAR_cloudflare_api_token'];

/** The file with the values of Terraform variables, next to the output directory (docs/terraform.md). */
const valuesFile = 'honeydue.tfvars';

/** The working directory of a stack, and the flags of its commands. */
export interface StackHome {
  readonly directory: string;
  /** The flags of `plan` and `apply`: the file with the values of variables, if it exists. */
  readonly flags: readonly string[];
}

/** @param out the output directory, such as `dist` */
export function homeOf(out: string, { path }: Pick<OutputFile, 'path'>): StackHome {
  const directory = dirname(join(out, 'terraform', path));
  const hasValues = existsSync(join(out, '..', valuesFile));
  return { directory, flags: hasValues ? [`-var-file=../../../../${valuesFile}`] : [] };
}

/**
 * Runs `terraform plan` in an initialised stack. The plan is read from standard output and never stored, because a plan
 * file contains secrets.
 *
 * @param stack the newly synthesized file of the stack
 */
export async function askTerraform(
  { directory, flags }: StackHome,
  stack: OutputFile,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<TerraformAnswer> {
  const refused = (notAsked: string): TerraformAnswer => ({ notAsked, changes: [] });
  const path = join(directory, 'cdk.tf.json');
  if (!existsSync(path) || readFileSync(path, 'utf8') !== stack.text)
    return refused(`${path} is outdated: the configuration has changed. Run npm run synth.`);
  const chdir = `-chdir=${directory}`;
  if (!existsSync(join(directory, '.terraform')))
    return refused(
      `${directory} is not initialised. Run ${commandOf({ words: ['terraform', chdir, 'init'] })}`,
    );
  const missing = tokens.filter((name) => !environment[name]);
  if (missing.length > 0)
    return refused(`set the environment variables ${missing.join(' and ')} (docs/terraform.md).`);
  const { status, stdout } = await runProgram({
    program: 'terraform',
    args: [chdir, 'plan', '-json', '-input=false', '-lock=false', '-no-color', ...flags],
  });
  const lines = stdout.split('\n').flatMap(parsed);
  if (status === 0) return { notAsked: undefined, changes: lines.flatMap(changeOf) };
  const errors = lines.flatMap(({ '@level': level, '@message': message }) =>
    level === 'error' && message !== undefined ? message : [],
  );
  return refused(
    `terraform plan ended with exit code ${status}. ${[...new Set(errors)].join('. ')}`.trimEnd(),
  );
}

interface PlanLine {
  readonly '@level'?: string;
  readonly '@message'?: string;
  readonly type?: string;
  readonly change?: { readonly resource?: { readonly addr?: string }; readonly action?: string };
}

/** Lines that are not JSON are skipped: they are warnings about Terraform's own configuration. */
function parsed(line: string): PlanLine[] {
  if (!line.startsWith('{')) return [];
  try {
    return [JSON.parse(line) as PlanLine];
  } catch {
    return [];
  }
}

function changeOf({ type, change }: PlanLine): TerraformChange[] {
  const { action, resource } = change ?? {};
  if (type !== 'planned_change' || action === undefined || resource?.addr === undefined) return [];
  return action === 'noop' || action === 'read' ? [] : [{ address: resource.addr, action }];
}
