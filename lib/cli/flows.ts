import { Command, InvalidArgumentError } from 'commander';
import { flowAssumptions } from '../analysis/flows/assumptions';
import { flowMatrix, reachabilityJson } from '../analysis/flows/matrix';
import { analyse, type Reachability } from '../analysis/flows/reachability';
import { topologyOf } from '../deployment/model/addresses';
import { addressBits, prefixLength } from '../documents/cidr';
import { readManifests } from '../input/documents';
import { defaultTopology } from '../kubernetes/k3s-network';
import { addConfigurationOptions } from './configuration-option';
import { addOutputOptions, type OutputOptions, resultOutput } from './output-options';
import { exitCodesHelp, reading, type Surroundings, Unreadable } from './run';
import { synthesize } from './synthesize';

interface FlowsFlags extends OutputOptions<'text' | 'json'> {
  readonly config: string;
  readonly env?: string;
  readonly podCidr?: string;
  readonly serviceCidr?: string;
}

/** `flows`: who may talk to whom, found in the final manifests. */
export function flowsCommand(surroundings: Surroundings): Command {
  const { root, columns } = surroundings;
  const command = addOutputOptions(new Command('flows'), ['text', 'json'], surroundings)
    .description(
      'Shows which connections the NetworkPolicies let through, and proves that they are the declared ones.',
    )
    .argument(
      '[files...]',
      'manifests of any origin, or directories of them, instead of the deployment; nothing is proven of them',
    );
  return addConfigurationOptions(command, root)
    .option(
      '--pod-cidr <cidr>',
      `where the pods of FILE's cluster have their addresses (default: ${defaultTopology.podCidr})`,
      cidr,
    )
    .option(
      '--service-cidr <cidr>',
      `where its Services have their addresses (default: ${defaultTopology.serviceCidr})`,
      cidr,
    )
    .addHelpText(
      'after',
      `\nAssumed:\n${flowAssumptions.map((each) => `  - ${each}\n`).join('')}${exitCodesHelp('success', 'the configuration is refused, or allows what it does not declare')}`,
    )
    .action((files: string[], { config, env: _env, format, quiet, verbose, ...ranges }: FlowsFlags) => {
      const stdout = resultOutput(surroundings, { quiet });
      if (files.length === 0 && Object.keys(ranges).length > 0)
        throw new Unreadable(
          "The configuration's cluster has k3s' ranges. Leave --pod-cidr and --service-cidr out, or name the manifests' files.",
        );
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
        stdout('\nThis is what the configuration declares, and nothing else.\n');
      if (format === 'text' && verbose)
        stdout(`\nAssumed:\n${flowAssumptions.map((each) => `  - ${each}\n`).join('')}`);
    });
}

/** Node subnets are counted in an IPv4 range. */
function cidr(text: string): string {
  if (prefixLength(text) === undefined || addressBits(text.replace(/\/.*/, '')) !== 32)
    throw new InvalidArgumentError('It must be an IPv4 range, such as 10.244.0.0/16.');
  return text;
}

/** A file has room for the whole table. */
const fileWidth = 200;

/** @throws CheckError when what is possible isn't what is declared */
function reachabilityOfDeployment(config: string): Reachability {
  const { model, documents } = synthesize(config, undefined, { allowExpired: true });
  return analyse(
    documents.map(({ object }) => object),
    topologyOf(model),
  );
}
