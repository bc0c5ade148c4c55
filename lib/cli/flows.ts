import { Command, InvalidArgumentError } from 'commander';
import { flowAssumptions } from '../analysis/flows/assumptions';
import { flowMatrix, reachabilityJson } from '../analysis/flows/matrix';
import { analyse, type Reachability } from '../analysis/flows/reachability';
import { topologyOf } from '../deployment/model/addresses';
import { addressBits, prefixLength } from '../documents/cidr';
import { readManifests } from '../input/documents';
import { defaultTopology } from '../kubernetes/k3s-network';
import { addConfigurationOptions } from './configuration-option';
import { addOutputOptions, type OutputOptions, progressOf, resultOutput } from './output-options';
import { exitCodesHelp, reading, type Surroundings, Unreadable } from './run';
import { synthesize } from './synthesize';

interface FlowsFlags extends OutputOptions<'text' | 'json'> {
  readonly config: string;
  readonly env?: string;
  readonly podCidr?: string;
  readonly serviceCidr?: string;
}

/** `flows`: lists the connections that the NetworkPolicies of the final manifests allow. */
export function flowsCommand(surroundings: Surroundings): Command {
  const { root, columns } = surroundings;
  const command = addOutputOptions(new Command('flows'), ['text', 'json'], surroundings)
    .description(
      'Shows which connections the NetworkPolicies allow, and checks that they are the declared ones.',
    )
    .argument(
      '[files...]',
      'manifest files or directories of any origin, instead of the configuration; the connections are listed, but not compared with declared connections, which only the configuration has',
    );
  return addConfigurationOptions(command, root)
    .option(
      '--pod-cidr <cidr>',
      `the address range of the pods in the cluster of the files (default: ${defaultTopology.podCidr})`,
      cidr,
    )
    .option(
      '--service-cidr <cidr>',
      `the address range of the Services in that cluster (default: ${defaultTopology.serviceCidr})`,
      cidr,
    )
    .addHelpText(
      'after',
      `\nAssumed:\n${flowAssumptions.map((each) => `  - ${each}\n`).join('')}${exitCodesHelp('success', 'the configuration is refused, or the allowed connections are not the declared ones')}`,
    )
    .action((files: string[], { config, env: _env, format, quiet, verbose, ...ranges }: FlowsFlags) => {
      const stdout = resultOutput(surroundings, { quiet });
      if (files.length === 0 && Object.keys(ranges).length > 0)
        throw new Unreadable(
          'A deployment always has the ranges of k3s: remove --pod-cidr and --service-cidr, or name files.',
        );
      progressOf(surroundings, { quiet })(`Reading ${files.length > 0 ? files.join(', ') : config}`);
      const reachability =
        files.length > 0
          ? analyse(
              reading(() => readManifests(files)),
              { ...defaultTopology, ...ranges },
            )
          : reachabilityOfDeployment(config);
      stdout(
        format === 'json'
          ? `${JSON.stringify(reachabilityJson(reachability), null, 2)}\n`
          : flowMatrix(reachability, { width: columns ?? fileWidth }),
      );
      if (format === 'text' && files.length === 0)
        stdout('\nThese are exactly the connections that the configuration declares.\n');
      if (format === 'text' && verbose)
        stdout(`\nAssumed:\n${flowAssumptions.map((each) => `  - ${each}\n`).join('')}`);
    });
}

/** Each node's subnet is computed from an IPv4 range. */
function cidr(text: string): string {
  if (prefixLength(text) === undefined || addressBits(text.replace(/\/.*/, '')) !== 32)
    throw new InvalidArgumentError('It must be an IPv4 range, such as 10.244.0.0/16.');
  return text;
}

/** The width for a file, where the whole table fits. */
const fileWidth = 200;

/** @throws CheckError if the allowed connections are not the declared ones */
function reachabilityOfDeployment(config: string): Reachability {
  const { model, documents } = synthesize(config, undefined, { allowExpired: true });
  return analyse(
    documents.map(({ object }) => object),
    topologyOf(model),
  );
}
