import { Command } from 'commander';
import { readManifests } from '../config/documents';
import { ConfigError } from '../config/problem';
import type { KubernetesObject } from '../documents/kubernetes';
import { assumptions } from '../flows/assumptions';
import { flowMatrix, reachabilityJson } from '../flows/matrix';
import { analyse, type Reachability } from '../flows/reachability';
import { defaultTopology, topologyOf } from '../model/addresses';
import { exitCodesHelp, type Surroundings, Unreadable } from './run';
import { defaultConfiguration } from './synth';
import { synthesize } from './synthesize';

interface Options {
  readonly config: string;
  readonly json?: true;
}

/** `flows`: who may talk to whom, found in the final manifests. */
export function flowsCommand({ root, columns, stdout }: Surroundings): Command {
  return new Command('flows')
    .description(
      'Shows which connections the NetworkPolicies let through, and proves that they are the declared ones.',
    )
    .argument('[files...]', 'manifests of any origin, instead of the deployment; nothing is proven of them')
    .option('--config <file>', 'the deployment to read', defaultConfiguration(root))
    .option('--json', 'print the connections as JSON, with addresses and ports, and the assumptions')
    .addHelpText(
      'after',
      `\nAssumed:\n${assumptions.map((each) => `  - ${each}\n`).join('')}${exitCodesHelp}`,
    )
    .action((files: string[], { config, json }: Options) => {
      const reachability = files.length > 0 ? analyse(read(files), defaultTopology) : deployment(config);
      stdout(
        json
          ? `${JSON.stringify(reachabilityJson(reachability), null, 2)}\n`
          : flowMatrix(reachability, { width: columns ?? fileWidth }),
      );
      if (!json && files.length === 0)
        stdout('\nThis is what the configuration declares, and nothing else.\n');
    });
}

/** A file has room for the whole table. */
const fileWidth = 200;

/** @throws Unreadable for what is no manifest */
function read(files: readonly string[]): KubernetesObject[] {
  try {
    return readManifests(files);
  } catch (error) {
    if (error instanceof ConfigError) throw new Unreadable(error.message);
    throw error;
  }
}

/** @throws CheckError when what is possible isn't what is declared */
function deployment(config: string): Reachability {
  const { model, documents } = synthesize(config);
  return analyse(
    documents.map(({ object }) => object),
    topologyOf(model),
  );
}
