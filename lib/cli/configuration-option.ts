import { join, relative } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { environmentNames } from '../deployment/config/environment/names';
import { didYouMean } from '../documents/nearest';

/** The default environment of every command. */
const production = 'production';

/** Adds `--config` and `--env`, which select the deployment. */
export function addConfigurationOptions(command: Command, root: string): Command {
  command.addOption(
    new Option('--config <file>', 'the deployment to read')
      .argParser(nameOf('a file'))
      .default(environmentFile(root, production)),
  );
  return addEnvironmentOption(command, root);
}

/** Adds only `--env`, for a command that reads no configuration. */
export function addEnvironmentOption(command: Command, root: string): Command {
  return command
    .addOption(
      new Option('--env <name>', 'the environment, which is the name of a file in config/')
        .argParser((name: string) => existingEnvironment(root, name))
        .conflicts('config'),
    )
    .on('option:env', (name: string) => {
      // Sets only the default of `--config`, so that an explicit `--config` wins.
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
    `${description} (with --env staging, the default is environments/staging/dist)`,
    nameOf('a directory'),
    outputDirectory(root, production),
  );
}

/**
 * Each environment has its own directory for the output and for Terraform's local state, which is next to the
 * output.
 */
export function outputDirectory(root: string, environment: string): string {
  return relativePath(
    environment === production ? join(root, 'dist') : join(root, 'environments', environment, 'dist'),
  );
}

/**
 * The output directory of a configuration's environment. A file that is not an environment has the directory of
 * production.
 */
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

/** Refuses an empty argument, such as an unset variable in a script: it would mean the current directory. */
export function nameOf(what: string): (argument: string) => string {
  return (argument) => {
    if (argument === '') throw new InvalidArgumentError(`It must name ${what}.`);
    return argument;
  };
}
