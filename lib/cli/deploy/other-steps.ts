import { join } from 'node:path';
import type { OutputFile } from '../../documents/file';
import { OperationRefused } from '../../operations/refused';
import { applyNode, checkNode, nodeOfScript, sshWords } from '../../operations/tools/node-scripts';
import { commandOf, type OtherStep } from '../../operations/tools/other-step';
import { homeOf } from '../../operations/tools/terraform';
import { terraformSteps } from '../../operations/tools/terraform-steps';
import type { Synthesis } from '../synthesize';
import type { OtherTool } from './flags';

/**
 * The steps of Terraform and of the nodes' scripts, in their order: a node's script runs after a new network
 * exists.
 */
export async function otherSteps(
  { terraformFiles, files }: Pick<Synthesis, 'terraformFiles' | 'files'>,
  out: string,
  asks: readonly OtherTool[],
): Promise<OtherStep[]> {
  const steps: OtherStep[] = [];
  const newServers = new Set<string>();
  if (asks.includes('terraform'))
    for (const stack of stacksOf(terraformFiles)) {
      const found = await terraformSteps(out, stack, process.env);
      steps.push(...found.steps);
      for (const name of found.newServers) newServers.add(name);
    }
  const nodes = asks.includes('nodes') ? await nodeSteps(files, out, newServers) : [];
  const early = steps.filter(({ when }) => when === 'before');
  return [...early, ...nodes, ...steps.filter((each) => !early.includes(each))];
}

/** A node that Terraform creates runs its script at the first boot, so it needs no step. */
async function nodeSteps(
  files: readonly OutputFile[],
  out: string,
  newServers: ReadonlySet<string>,
): Promise<OtherStep[]> {
  const steps: OtherStep[] = [];
  for (const file of files) {
    const name = nodeOfScript(file);
    if (name === undefined || newServers.has(name)) continue;
    const { notAsked, differences } = await checkNode(name, file.text);
    if (notAsked === undefined && differences.length === 0) continue;
    steps.push({
      ...{ tool: 'node', name, when: 'before', found: differences },
      ...(notAsked !== undefined && { notAsked }),
      words: sshWords(name),
      input: join(out, file.path),
    });
  }
  return steps;
}

/** @throws OperationRefused if the changes of a step are unknown */
export function refuseUnknown(steps: readonly OtherStep[]): void {
  const unknown = steps.flatMap(({ name, notAsked }) =>
    notAsked === undefined ? [] : `${name}: ${notAsked}`,
  );
  if (unknown.length === 0) return;
  throw new OperationRefused(
    `These tools of --with can't be planned:\n${unknown.map((line) => `  ${line.replaceAll('\n', '\n    ')}\n`).join('')}Nothing was changed. Correct the cause, or leave the tool out of --with.`,
  );
}

/** Runs the scripts of the nodes with differences, one node at a time, and stops at the first failure. */
export async function applyNodes(
  files: readonly OutputFile[],
  steps: readonly OtherStep[],
  say: (line: string) => void,
): Promise<void> {
  for (const step of steps) {
    const script = files.find((file) => nodeOfScript(file) === step.name);
    if (step.tool !== 'node' || script === undefined) continue;
    say(commandOf(step));
    await applyNode(step.name, script.text);
    say(`${step.name} is as described`);
  }
}

/** The commands that show the differences of the tools that a run leaves out. */
export function leftCommands(
  { terraformFiles, files }: Pick<Synthesis, 'terraformFiles' | 'files'>,
  out: string,
  ran: readonly OtherTool[],
): string[] {
  const terraform = stacksOf(terraformFiles).map((stack) => {
    const { directory, flags } = homeOf(out, stack);
    return commandOf({ words: ['terraform', `-chdir=${directory}`, 'plan', ...flags] });
  });
  const nodes = files.flatMap((file) => {
    const node = nodeOfScript(file);
    const words = (name: string) => sshWords(name, '--', '--check');
    return node === undefined ? [] : commandOf({ words: words(node), input: join(out, file.path) });
  });
  return [...(ran.includes('terraform') ? [] : terraform), ...(ran.includes('nodes') ? [] : nodes)];
}

function stacksOf(files: Synthesis['terraformFiles']): OutputFile[] {
  return files.filter(({ path }) => path.endsWith('cdk.tf.json'));
}
