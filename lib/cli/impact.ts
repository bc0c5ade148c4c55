import { Command } from 'commander';
import { impact } from '../analysis/impact/impact';
import { clusterNodes } from '../deployment/config/cluster-nodes';
import { topologyOf } from '../deployment/model/addresses';
import type { Output } from '../documents/output';
import type { Topology } from '../documents/topology';
import { kindOfPath, readManifestFile, readOutput } from '../input/output';
import { findRevision, RevisionError, withRevision } from '../input/revision';
import { defaultTopology } from '../kubernetes/k3s-network';
import type { Node } from '../kubernetes/scheduling/node';
import { impactJson, impactText, type ReportedImpact } from '../report/impact';
import { impactMarkdown } from '../report/impact-markdown';
import { type AcknowledgedConsequence, acknowledgeOption, held } from './acknowledge';
import { configurationOption } from './configuration-option';
import { addNodeOptions, type NodeOptions, refuseNodes, statedNodes, statesNodes } from './node-options';
import { outputOf } from './output';
import { addOutputOptions, type OutputOptions, resultOutput } from './output-options';
import { exitCodesHelp, reading, type Surroundings, Unacknowledged, Unreadable } from './run';
import { synthesize } from './synthesize';

interface ImpactFlags extends NodeOptions, OutputOptions<'text' | 'markdown' | 'json'> {
  readonly base: string;
  readonly head?: string;
  readonly config: string;
  readonly acknowledge: readonly AcknowledgedConsequence[];
}

/** `impact`: what a change does, before it is applied. */
export function impactCommand(surroundings: Surroundings): Command {
  const { root, columns, colour = false } = surroundings;
  const command = addOutputOptions(new Command('impact'), ['text', 'markdown', 'json'], surroundings)
    .description(
      'Says what a change does when it is applied: what is lost, restarts, opens or is left behind.',
    )
    .requiredOption(
      '--base <ref or path>',
      'what runs: a file or a directory of manifests of any origin, a directory that a synth wrote, - for standard input, or a commit, synthesized with its own code',
    )
    .option('--head <ref or path>', 'what is to run (default: the configuration as it is now)')
    .addOption(configurationOption(root));
  return addNodeOptions(command)
    .addOption(acknowledgeOption())
    .addHelpText(
      'after',
      exitCodesHelp(
        'compared',
        'the configuration is refused',
        '; 3 something is lost or fails that nobody acknowledged',
      ),
    )
    .action((options: ImpactFlags) => {
      const compared = compare(options, root);
      const stdout = resultOutput(surroundings, options);
      stdout(print(compared, options, { colour, width: columns ?? fileWidth }));
      if (compared.open.length > 0) throw new Unacknowledged();
    });
}

/** Lines that stay readable in a log. */
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
function compare({ base, head, config, acknowledge, ...options }: ImpactFlags, root: string): ReportedImpact {
  if (base === '-' && head === '-')
    throw new Unreadable('--base and --head are both -: standard input can be only one of them.');
  if (head === undefined) refuseNodes(options);
  try {
    const now = head === undefined ? ownSide(config) : otherSide(root, head, config);
    const before = otherSide(root, base, config, now.output);
    const nodes = statesNodes(options) ? statedNodes(options).nodes : now.nodes;
    const found = impact(before.output, now.output, now.topology, { nodes });
    return { ...found, base: before.name, head: now.name, ...held(found.consequences, acknowledge) };
  } catch (error) {
    if (error instanceof RevisionError) throw new Unreadable(error.message);
    throw error;
  }
}

/** One of the two outputs, and how people call it. */
interface ImpactSide {
  readonly name: string;
  readonly output: Output;
  readonly topology: Topology;
  /** @default those that its nodes' scripts describe */
  readonly nodes?: readonly Node[];
}

function ownSide(config: string): ImpactSide {
  const synthesis = synthesize(config, undefined, { allowExpired: true });
  const { model } = synthesis;
  return {
    name: config,
    output: outputOf(synthesis),
    topology: topologyOf(model),
    nodes: clusterNodes(model),
  };
}

/** @param known an output in memory whose files need no second reading */
function otherSide(root: string, place: string, config: string, known?: Output): ImpactSide {
  const kind = kindOfPath(place);
  if (kind !== undefined) {
    const output = reading(() => (kind === 'file' ? readManifestFile(place) : readOutput(place, known)));
    return { name: place === '-' ? 'standard input' : place, output, topology: defaultTopology };
  }
  const revision = findRevision(root, place);
  const output = withRevision(root, revision, config, (directory) => readOutput(directory, known));
  const short = revision.commit.slice(0, 7);
  const name = revision.commit.startsWith(place) ? short : `${place} (${short})`;
  return { name, output, topology: defaultTopology };
}
