import { clusterNodes } from '../deployment/config/cluster-nodes';
import { topologyOf } from '../deployment/model/addresses';
import type { Output } from '../documents/output';
import type { Topology } from '../documents/topology';
import { kindOfPath, readManifestFile, readOutput } from '../input/output';
import { findRevision, withRevision } from '../input/revision';
import { defaultTopology } from '../kubernetes/k3s-network';
import type { Node } from '../kubernetes/scheduling/node';
import { outputOf } from './output';
import type { Progress } from './progress';
import { reading } from './run';
import { synthesize } from './synthesize';

/** One of the two outputs that are compared, with its name in messages. */
export interface ImpactSide {
  readonly name: string;
  readonly output: Output;
  readonly topology: Topology;
  /** @default the nodes of the scripts in the output */
  readonly nodes?: readonly Node[];
  /** The price list of each server. @default every server has the prices for new orders */
  readonly priceLists?: Readonly<Record<string, string | undefined>>;
  /** @default none */
  readonly priceWarnings?: readonly string[];
}

/** Synthesizes a configuration in the working tree. */
export function ownSide(
  config: string,
  synthesis = synthesize(config, undefined, { allowExpired: true }),
): ImpactSide {
  const { model, priceWarnings } = synthesis;
  return {
    name: config,
    output: outputOf(synthesis),
    topology: topologyOf(model),
    nodes: clusterNodes(model),
    priceLists: Object.fromEntries(Object.entries(model.nodes).map(([name, node]) => [name, node.priceList])),
    priceWarnings,
  };
}

/**
 * Reads a file, a directory, or a commit, which is synthesized with its own code.
 *
 * @param known an output in memory: its files are not read again
 */
export function otherSide(
  root: string,
  place: string,
  config: string,
  step: Progress['step'],
  known?: Output,
): ImpactSide {
  const kind = kindOfPath(place);
  if (kind !== undefined) {
    const output = reading(() => (kind === 'file' ? readManifestFile(place) : readOutput(place, known)));
    return { name: place === '-' ? 'standard input' : place, output, topology: defaultTopology };
  }
  const revision = findRevision(root, place);
  const output = withRevision(root, revision, config, (directory) => readOutput(directory, known), step);
  const short = revision.commit.slice(0, 7);
  const name = revision.commit.startsWith(place) ? short : `${place} (${short})`;
  return { name, output, topology: defaultTopology };
}
