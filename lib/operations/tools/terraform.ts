import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OutputFile } from '../../documents/file';
import { runProgram } from '../process';
import { commandOf } from './other-step';

/** What Terraform plans for one stack. */
export interface TerraformAnswer {
  /** Why it was not asked; undefined if it was. */
  readonly notAsked: string | undefined;
  /** Empty where nothing differs. */
  readonly changes: readonly TerraformChange[];
}

export interface TerraformChange {
  /** `cloudflare_dns_record.api` */
  readonly address: string;
  /** `create`, `update`, `delete`, `replace`, `import`, or another word of Terraform. */
  readonly action: string;
}

/** Terraform takes its secrets from these variables; without them a plan fails. */
const tokens = ['TF_VAR_hcloud_token', 'TF_VAR_cloudflare_api_token'];

/** The values of open variables, next to the output directory (docs/terraform.md). */
const valuesFile = 'honeydue.tfvars';

/** Where Terraform runs for a stack. */
export interface StackHome {
  readonly directory: string;
  /** What `plan` and `apply` need besides: the file with the values of variables, if there is one. */
  readonly flags: readonly string[];
}

/** @param out the output directory, such as `dist` */
export function homeOf(out: string, { path }: Pick<OutputFile, 'path'>): StackHome {
  const directory = dirname(join(out, 'terraform', path));
  const hasValues = existsSync(join(out, '..', valuesFile));
  return { directory, flags: hasValues ? [`-var-file=../../../../${valuesFile}`] : [] };
}

/**
 * Asks `terraform plan` of a stack that is initialised. Its plan is read from its output and never stored: a plan file holds secrets.
 *
 * @param stack the stack's file as it is synthesized now
 */
export async function askTerraform(
  { directory, flags }: StackHome,
  stack: OutputFile,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<TerraformAnswer> {
  const refused = (notAsked: string): TerraformAnswer => ({ notAsked, changes: [] });
  const path = join(directory, 'cdk.tf.json');
  if (!existsSync(path) || readFileSync(path, 'utf8') !== stack.text)
    return refused(`${path} is not what the configuration describes now. Run npm run synth.`);
  const chdir = `-chdir=${directory}`;
  if (!existsSync(join(directory, '.terraform')))
    return refused(`it is not initialised. Run ${commandOf({ words: ['terraform', chdir, 'init'] })}`);
  const missing = tokens.filter((name) => !environment[name]);
  if (missing.length > 0)
    return refused(`the environment has no ${missing.join(' and no ')} (docs/terraform.md).`);
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

/** A line that is not JSON is a remark on Terraform's own configuration. */
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
