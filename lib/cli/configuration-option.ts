import { join, relative } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { environmentNames } from '../deployment/config/environment/names';
import { didYouMean } from '../documents/nearest';

/** The environment that every command is about by default. */
const production = 'production';

/** Adds `--config` and `--env`: which deployment a command is about. */
export function addConfigurationOptions(command: Command, root: string): Command {
  command.addOption(
    new Option('--config <file>', 'the deployment to read')
      .argParser(nameOf('a file'))
      .default(environmentFile(root, production)),
  );
  return addEnvironmentOption(command, root);
}

/** Adds `--env` alone, for a command that reads no configuration. */
export function addEnvironmentOption(command: Command, root: string): Command {
  return command
    .addOption(
      new Option('--env <name>', 'the environment, which is the name of a file in config/')
        .argParser((name: string) => existingEnvironment(root, name))
        .conflicts('config'),
    )
    .on('option:env', (name: string) => {
      // A default, which every other option goes before.
      if (!knownEnvironments(root).includes(name)) return;
      const defaults = { config: environmentFile(root, name), out: outputDirectory(root, name) };
      for (const [option, value] of Object.entries(defaults)) {
        if (command.getOptionValueSource(option) === 'default')
          command.setOptionValueWithSource(option, value, 'default');
      }
    });
}

/** Adds `--out`: each environment has its own directory. */
export function addOutOption(command: Command, root: string, description: string): Command {
  return command.option(
    '--out <directory>',
    `${description} (default of --env staging: environments/staging/dist)`,
    nameOf('a directory'),
    outputDirectory(root, production),
  );
}

/** Terraform's local state is next to the output directory, so each environment has a directory around both. */
export function outputDirectory(root: string, environment: string): string {
  return relativePath(
    environment === production ? join(root, 'dist') : join(root, 'environments', environment, 'dist'),
  );
}

/** The output directory of the environment that a configuration describes; that of production for another file. */
export function outputDirectoryOf(root: string, config: string): string {
  const name = knownEnvironments(root).find((each) => config === environmentFile(root, each));
  return outputDirectory(root, name ?? production);
}

/** The configuration of an environment. */
export function environmentFile(root: string, environment: string): string {
  return relativePath(join(root, 'config', `${environment}.yaml`));
}

/** The names of the project's environments. */
export function knownEnvironments(root: string): string[] {
  return environmentNames(join(root, 'config'));
}

/** @throws InvalidArgumentError for a name without a file */
function existingEnvironment(root: string, name: string): string {
  const known = knownEnvironments(root);
  if (known.includes(name)) return name;
  const file = environmentFile(root, name === '' ? '<name>' : name);
  const list = known.length === 0 ? '' : `; environments are ${known.join(', ')}`;
  throw new InvalidArgumentError(`There is no ${file}${didYouMean(name, known) || list}.`);
}

/** The flag that selects a configuration, for the commands that messages suggest. Empty for production. */
export function configurationFlag(root: string, config: string): string {
  if (config === environmentFile(root, production)) return '';
  const name = knownEnvironments(root).find((each) => config === environmentFile(root, each));
  return name === undefined ? ` --config ${config}` : ` --env ${name}`;
}

/** The path relative to the current directory. */
export function relativePath(path: string): string {
  return relative(process.cwd(), path) || '.';
}

/** An empty argument, as from an unset variable of a script, must not mean the current directory. */
export function nameOf(what: string): (argument: string) => string {
  return (argument) => {
    if (argument === '') throw new InvalidArgumentError(`It must name ${what}.`);
    return argument;
  };
}
