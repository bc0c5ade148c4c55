import { dirname, join } from 'node:path';
import { checkNodes, nodeOfScript } from '../../operations/tools/node-scripts';
import type { OtherStep } from '../../operations/tools/other-step';
import { askTerraform } from '../../operations/tools/terraform';
import type { Synthesis } from '../synthesize';

/** The origin's certificate: its Secret and strict mode come after it. */
const certificate = 'cloudflare_origin_ca_certificate';

/** What Terraform and the nodes' scripts have to do, in the order that the domain demands. */
export async function otherSteps(
  { terraformFiles, files }: Synthesis,
  out: string,
  asks: { readonly terraform: boolean; readonly nodes: boolean },
): Promise<OtherStep[]> {
  const home = join(out, 'terraform');
  const steps: OtherStep[] = [];
  for (const stack of terraformFiles.filter(({ path }) => path.endsWith('cdk.tf.json'))) {
    const command = `terraform -chdir=${dirname(join(home, stack.path))} apply`;
    if (!asks.terraform) continue;
    const { notAsked, changes } = await askTerraform(home, stack, process.env);
    if (notAsked !== undefined) {
      steps.push({ tool: 'terraform', when: 'after', found: [`not asked: ${notAsked}`], command });
      continue;
    }
    const found = changes.map(({ action, address }) => `${action} ${address}`);
    const certificates = changes.filter(({ address }) => address.startsWith(`${certificate}.`));
    if (certificates.length > 0) {
      // In any other order users see error 526.
      const targets = certificates.map(({ address }) => `-target=${address}`).join(' ');
      steps.push({
        tool: 'terraform',
        when: 'before',
        found: ['then create the Secret that the Ingresses name, with this certificate (docs/terraform.md)'],
        command: `${command} ${targets}`,
      });
    }
    if (found.length > 0) steps.push({ tool: 'terraform', when: 'after', found, command });
  }
  if (asks.nodes) steps.push(...(await nodeSteps(files, out)));
  return steps;
}

async function nodeSteps(files: Synthesis['files'], out: string): Promise<OtherStep[]> {
  const answers = await checkNodes(files);
  return answers.flatMap(({ node, notAsked, differences }): OtherStep[] => {
    const command = `ssh ${node} sudo bash -s < ${join(out, 'nodes', node)}.sh`;
    const found = notAsked === undefined ? differences : [`not asked: ${notAsked}`];
    return found.length === 0 ? [] : [{ tool: node, when: 'after', found, command }];
  });
}

/** The commands of the other tools, for a run that leaves them out. */
export function leftCommands({ terraformFiles, files }: Synthesis, out: string): string[] {
  const stacks = terraformFiles.filter(({ path }) => path.endsWith('cdk.tf.json'));
  const nodes = files.flatMap((file) => nodeOfScript(file) ?? []);
  return [
    ...stacks.map(({ path }) => `terraform -chdir=${join(out, 'terraform', dirname(path))} plan`),
    ...nodes.map((node) => `ssh ${node} sudo bash -s -- --check < ${join(out, 'nodes', node)}.sh`),
  ];
}
