import { join } from 'node:path';
import { Command } from 'commander';
import type { KubernetesObject } from '../documents/kubernetes';
import { nearest } from '../documents/nearest';
import { describeObject } from '../kubernetes/objects/object-key';
import { fileChanges } from '../output/changes';
import { OutputError } from '../output/error';
import { listName, readNotes, writeNotes } from '../output/owned';
import { addEnvironmentOption, addOutOption } from './configuration-option';
import { addOutputOptions, type OutputOptions, resultOutput } from './output-options';
import { exitCodesHelp, type Surroundings, Unreadable } from './run';

interface SettleFlags extends OutputOptions<'text' | 'json'> {
  readonly out: string;
  readonly all?: true;
}

/** `settle`: marks tasks as done, so that synths stop printing them. */
export function settleCommand(surroundings: Surroundings): Command {
  const { root } = surroundings;
  const command = addOutputOptions(new Command('settle'), ['text', 'json'], surroundings)
    .description(
      'Lists the tasks that earlier changes left in the cluster, and marks those that you name as done.',
    )
    .argument(
      '[objects...]',
      "the objects whose task is done, such as 'Deployment shop/cart'; without any, the list is printed",
    );
  return addEnvironmentOption(addOutOption(command, root, 'the output directory of the synth'), root)
    .option('--all', 'mark all tasks as done')
    .addHelpText('after', exitCodesHelp('success', 'never'))
    .action((names: string[], { out, all, format, ...options }: SettleFlags) => {
      const unsettled = readUnsettled(out);
      const isDone = doneBy(names, all === true, unsettled);
      const left = unsettled.filter((object) => !isDone(object));
      if (left.length < unsettled.length) writeUnsettled(out, left);
      const print = resultOutput(surroundings, options);
      if (format === 'json') print(`${JSON.stringify(left.map(describeObject), null, 2)}\n`);
      else print(settleText(unsettled.length - left.length, left));
    });
}

/** @throws Unreadable for a name that is not in the list */
function doneBy(
  names: readonly string[],
  all: boolean,
  unsettled: readonly KubernetesObject[],
): (object: KubernetesObject) => boolean {
  const known = unsettled.map(describeObject);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const near = nearest(unknown, known);
    throw new Unreadable(
      `${unknown} is not in the list${near === undefined ? '' : `; did you mean "${near}"?`} npx honeydue settle prints it.`,
    );
  }
  return (object) => all || names.includes(describeObject(object));
}

function settleText(settled: number, left: readonly KubernetesObject[]): string {
  const done = settled === 0 ? '' : `${settled} settled.\n`;
  if (left.length === 0) return `${done}No task is left.\n`;
  return `${done}Tasks that are left (npm run synth prints the commands):\n${left.map((object) => `  ${describeObject(object)}\n`).join('')}`;
}

/**
 * The tasks that earlier changes left in the cluster.
 *
 * @throws OutputError for a line that no synth wrote
 */
export function readUnsettled(out: string): KubernetesObject[] {
  return readNotes(out, 'kubernetes').unsettled.map((line) => {
    try {
      return JSON.parse(line) as KubernetesObject;
    } catch {
      throw new OutputError(
        `${join(out, listName('kubernetes'))} has a line "# unsettled: " that is not JSON. Nothing was changed. Delete that line and run the command again.`,
      );
    }
  });
}

function writeUnsettled(out: string, left: readonly KubernetesObject[]): void {
  const notes = readNotes(out, 'kubernetes');
  const unsettled = left.map((object) => JSON.stringify(object));
  writeNotes(out, 'kubernetes', { ...notes, unsettled }, fileChanges);
}
