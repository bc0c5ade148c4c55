import { Command } from 'commander';
import { impact } from '../analysis/impact/impact';
import { RevisionError } from '../input/revision';
import { impactJson, impactText, type ReportedImpact } from '../report/impact';
import { impactMarkdown } from '../report/impact-markdown';
import { type AcknowledgedConsequence, acknowledgeOption, held } from './acknowledge';
import { addConfigurationOptions } from './configuration-option';
import { otherSide, ownSide } from './impact-side';
import { addNodeOptions, type NodeOptions, refuseNodes, statedNodes, statesNodes } from './node-options';
import { addOutputOptions, type OutputOptions, progressOf, resultOutput } from './output-options';
import type { Progress } from './progress';
import { exitCodesHelp, type Surroundings, Unacknowledged, Unreadable } from './run';

interface ImpactFlags extends NodeOptions, OutputOptions<'text' | 'markdown' | 'json'> {
  readonly base: string;
  readonly head?: string;
  readonly config: string;
  readonly acknowledge: readonly AcknowledgedConsequence[];
}

/** `impact`: lists the effects of a change when it is applied. */
export function impactCommand(surroundings: Surroundings): Command {
  const { root, columns, colour = false } = surroundings;
  const command = addOutputOptions(new Command('impact'), ['text', 'markdown', 'json'], surroundings)
    .description(
      'Lists the effects of a change when it is applied: what it deletes, restarts, exposes or leaves behind.',
    )
    .requiredOption(
      '--base <ref or path>',
      'what runs now: a file or a directory of manifests of any origin, the output directory of a synth, - for standard input, or a commit, which is synthesized with its own code',
    )
    .option(
      '--head <ref or path>',
      'what is to be applied, in the same forms (default: the configuration in the working tree)',
    );
  return addNodeOptions(addConfigurationOptions(command, root))
    .addOption(acknowledgeOption())
    .addHelpText(
      'after',
      exitCodesHelp(
        'compared',
        'the configuration is refused',
        '; 3 there is an unacknowledged loss or failure',
      ),
    )
    .action((options: ImpactFlags) => {
      const compared = compare(options, root, progressOf(surroundings, options));
      const stdout = resultOutput(surroundings, options);
      stdout(print(compared, options, { colour, width: columns ?? fileWidth }));
      if (compared.open.length > 0) throw new Unacknowledged();
    });
}

/** The width for a file or a log. */
const fileWidth = 110;

function print(
  compared: ReportedImpact,
  { format, verbose }: ImpactFlags,
  look: { colour: boolean; width: number },
): string {
  if (format === 'json') return `${JSON.stringify(impactJson(compared), null, 2)}\n`;
  if (format === 'markdown') return impactMarkdown(compared);
  return impactText(compared, { ...look, all: verbose === true });
}

/** @throws Unreadable for a commit that can't be synthesized */
function compare(
  { base, head, config, acknowledge, ...options }: ImpactFlags,
  root: string,
  step: Progress['step'],
): ReportedImpact {
  if (base === '-' && head === '-')
    throw new Unreadable(
      '--base and --head are both -: standard input can be only one of them. Name a file for the other.',
    );
  if (head === undefined) refuseNodes(options);
  try {
    step(`Reading ${head ?? config}`);
    const now = head === undefined ? ownSide(config) : otherSide(root, head, config, step);
    step(`Reading ${base}`);
    const before = otherSide(root, base, config, step, now.output);
    step(`Comparing ${base} with ${head ?? config}`);
    const nodes = statesNodes(options) ? statedNodes(options).nodes : now.nodes;
    const found = impact(before.output, now.output, now.topology, { nodes, priceLists: now.priceLists });
    return {
      ...found,
      base: before.name,
      head: now.name,
      ...held(found.consequences, acknowledge),
      priceWarnings: now.priceWarnings ?? [],
    };
  } catch (error) {
    if (error instanceof RevisionError) throw new Unreadable(error.message);
    throw error;
  }
}
