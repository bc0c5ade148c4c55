import type { OutputFile } from '../../documents/file';
import type { OtherStep } from './other-step';
import { askTerraform, homeOf, type StackHome, type TerraformChange } from './terraform';
import { currentFirewalls, describedFirewalls, withoutVariables } from './terraform-firewalls';
import { orderOf } from './terraform-order';

/** What one stack changes, in the order that the domain demands. */
export interface StackSteps {
  readonly steps: readonly OtherStep[];
  /** The names of the servers that Terraform creates: their first start runs their script. */
  readonly newServers: readonly string[];
}

/** Asks Terraform for the steps of a stack. */
export async function terraformSteps(
  out: string,
  stack: OutputFile,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<StackSteps> {
  const home = homeOf(out, stack);
  const apply = applyStep(home);
  const { notAsked, changes } = await askTerraform(home, stack, environment);
  if (notAsked !== undefined)
    return { steps: [{ ...apply('after', []), found: [], notAsked }], newServers: [] };
  const { first, certificates, last } = await ordered(home, stack, changes);
  const steps = [
    ...(first.length === 0 ? [] : [apply('before', first, true)]),
    ...(certificates.length === 0
      ? []
      : [{ ...apply('before', certificates, true), thenByHand: secretFirst(home.directory) }]),
    ...(last.length === 0 ? [] : [apply('after', last)]),
  ];
  return { steps, newServers: changes.flatMap(newServer) };
}

/** Only a changed firewall is looked up in the state. */
async function ordered({ directory }: StackHome, { text }: OutputFile, changes: readonly TerraformChange[]) {
  const hasFirewall = changes.some(({ address }) => address.startsWith('hcloud_firewall.'));
  const current = hasFirewall ? await currentFirewalls(directory) : new Map<string, never>();
  return orderOf(changes, ...withoutVariables(current, describedFirewalls(text)));
}

/** `hetzner4` of a `hcloud_server.hetzner4` that is created. */
function newServer({ action, address }: TerraformChange): string[] {
  const [type, name] = address.split('.');
  return action === 'create' && type === 'hcloud_server' && name !== undefined ? [name] : [];
}

function applyStep({ directory, flags }: StackHome) {
  return (when: OtherStep['when'], changes: readonly TerraformChange[], isTargeted = false): OtherStep => ({
    ...{ tool: 'terraform', name: 'terraform', when },
    found: changes.map(({ action, address }) => `${action} ${address}`),
    words: [
      ...['terraform', `-chdir=${directory}`, 'apply', ...flags],
      ...(isTargeted ? changes.map(({ address }) => `-target=${address}`) : []),
    ],
  });
}

function secretFirst(directory: string): string {
  return `The certificate is issued. Before anything else, put it into the Secret that the Ingresses name: terraform -chdir=${directory} output -raw origin_certificate prints it, npx honeydue secrets edit takes it, and npx honeydue secrets apply applies it. Then run the same command again.`;
}
