import type { OutputFile } from '../../documents/file';
import type { OtherStep } from './other-step';
import { askTerraform, homeOf, type StackHome, type TerraformChange } from './terraform';
import { currentFirewalls, describedFirewalls, withoutVariables } from './terraform-firewalls';
import { orderOf } from './terraform-order';

/** The steps that apply the changes of one stack, in order. */
export interface StackSteps {
  readonly steps: readonly OtherStep[];
  /** The names of the servers that Terraform creates. They run their node script on first boot. */
  readonly newServers: readonly string[];
}

/** Plans the steps of a stack with `terraform plan`. */
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

/** The state is read only if a firewall changes. */
async function ordered({ directory }: StackHome, { text }: OutputFile, changes: readonly TerraformChange[]) {
  const hasFirewall = changes.some(({ address }) => address.startsWith('hcloud_firewall.'));
  const current = hasFirewall ? await currentFirewalls(directory) : new Map<string, never>();
  return orderOf(changes, ...withoutVariables(current, describedFirewalls(text)));
}

/** The name of a server that is created: `hetzner4` for `hcloud_server.hetzner4`. */
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
  return `The origin certificate was issued. Next, put the certificate into the Secret that the Ingresses use: print it with terraform -chdir=${directory} output -raw origin_certificate, paste it with npx honeydue secrets edit, and apply the Secret with npx honeydue secrets apply. Then run the same command again.`;
}
