import { join } from 'node:path';
import { Command } from 'commander';
import { loadConfiguration } from '../deployment/config/load';
import { environmentDifferences } from '../deployment/difference/difference';
import { createModel } from '../deployment/model/model';
import { didYouMean } from '../documents/nearest';
import { differencesText } from '../report/environment-difference';
import { addEnvironmentOption, knownEnvironments, relativePath } from './configuration-option';
import { addOutputOptions, type OutputOptions, resultOutput } from './output-options';
import { exitCodesHelp, type Surroundings, Unreadable } from './run';

interface DiffFlags extends OutputOptions<'text' | 'json'> {
  readonly env?: string;
}

/** `diff`: lists the differences between two environments by their meaning, not by lines. */
export function diffCommand(surroundings: Surroundings): Command {
  const { root } = surroundings;
  const command = addOutputOptions(new Command('diff'), ['text', 'json'], surroundings)
    .description('Compares two environments: workloads, images, resources, flows, promises and settings.')
    .argument('<environments...>', 'two environments, or one in addition to --env: names, or files');
  return addEnvironmentOption(command, root)
    .addHelpText('after', exitCodesHelp('compared', 'a configuration is refused'))
    .action((stated: string[], { env, format, verbose, ...options }: DiffFlags) => {
      const [own, other, ...more] = env === undefined ? stated : [env, ...stated];
      if (own === undefined || other === undefined || more.length > 0)
        throw new Unreadable('diff compares two environments, such as: honeydue diff staging production');
      const [ours, theirs] = [own, other].map((each) => modelOf(root, each));
      if (ours === undefined || theirs === undefined) return;
      const differences = environmentDifferences(ours, theirs);
      resultOutput(
        surroundings,
        options,
      )(
        format === 'json'
          ? `${JSON.stringify({ own, other, differences }, null, 2)}\n`
          : differencesText(differences, { own, other }, verbose === true),
      );
    });
}

/** @throws Unreadable if the argument is not an environment or a file */
function modelOf(root: string, environment: string) {
  const known = knownEnvironments(root);
  const isFile = /[/\\]|\.ya?ml$/.test(environment);
  if (!isFile && !known.includes(environment)) {
    const wayOut = didYouMean(environment, known) || `; environments are ${known.join(', ')}`;
    throw new Unreadable(`${environment} is not an environment${wayOut} (write a file with its extension)`);
  }
  const file = isFile ? environment : relativePath(join(root, 'config', `${environment}.yaml`));
  return createModel(loadConfiguration(file, { allowExpired: true }));
}
