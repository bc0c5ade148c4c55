import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OutputFile } from '../../documents/file';
import { runProgram } from '../process';

/** What Terraform plans for one stack. */
export interface TerraformAnswer {
  /** Why it was not asked; undefined if it was. */
  readonly notAsked: string | undefined;
  /** `create cloudflare_record.api`; empty where nothing differs. */
  readonly changes: readonly TerraformChange[];
}

export interface TerraformChange {
  readonly address: string;
  readonly action: string;
}

/** Terraform takes its secrets from these variables; without them a plan fails. */
const tokens = ['TF_VAR_hcloud_token', 'TF_VAR_cloudflare_api_token'];

/**
 * Asks `terraform plan` of a stack that is initialised. Its plan is read from its output and never stored: a plan file holds secrets.
 *
 * @param directory Terraform's side of the output, such as `dist/terraform`
 * @param stack the stack's file as it is synthesized now
 */
export async function askTerraform(
  directory: string,
  stack: OutputFile,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<TerraformAnswer> {
  const path = join(directory, stack.path);
  const none = { changes: [] };
  if (!existsSync(path) || readFileSync(path, 'utf8') !== stack.text)
    return { ...none, notAsked: `${path} is not what the configuration describes now: npm run synth` };
  const home = dirname(path);
  if (!existsSync(join(home, '.terraform')))
    return { ...none, notAsked: `it is not initialised: terraform -chdir=${home} init` };
  const missing = tokens.filter((name) => !environment[name]);
  if (missing.length > 0) return { ...none, notAsked: `${missing.join(' and ')} not set` };
  const { status, stdout } = await runProgram({
    program: 'terraform',
    args: [`-chdir=${home}`, 'plan', '-json', '-input=false', '-lock=false', '-no-color'],
  });
  const lines = stdout.split('\n').flatMap(parsed);
  if (status !== 0) {
    const first = lines.find(({ '@level': level }) => level === 'error');
    return { ...none, notAsked: `it failed: ${first?.['@message'] ?? `exit code ${status}`}` };
  }
  return { notAsked: undefined, changes: lines.flatMap(changeOf) };
}

interface PlanLine {
  readonly '@level'?: string;
  readonly '@message'?: string;
  readonly type?: string;
  readonly change?: { readonly resource?: { readonly addr?: string }; readonly action?: string };
}

function parsed(line: string): PlanLine[] {
  try {
    return line === '' ? [] : [JSON.parse(line) as PlanLine];
  } catch {
    return [];
  }
}

function changeOf({ type, change }: PlanLine): TerraformChange[] {
  const { action, resource } = change ?? {};
  if (type !== 'planned_change' || action === undefined || resource?.addr === undefined) return [];
  return action === 'noop' || action === 'read' ? [] : [{ address: resource.addr, action }];
}
