import { join, relative } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';

/** Which deployment a command is about: production, unless it is told otherwise. */
export function configurationOption(root: string): Option {
  return new Option('--config <file>', 'the deployment to read')
    .argParser(nameOf('a file'))
    .default(relativePath(join(root, 'config', 'production.yaml')));
}

/** A path as it is named from where the user is. */
export function relativePath(path: string): string {
  return relative(process.cwd(), path) || '.';
}

/** An unset variable in a script must not turn into the directory that the user happens to be in. */
export function nameOf(what: string): (argument: string) => string {
  return (argument) => {
    if (argument === '') throw new InvalidArgumentError(`It must name ${what}.`);
    return argument;
  };
}
