import { join, relative } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';

/** The configuration that a command reads. Production is the default. */
export function configurationOption(root: string): Option {
  return new Option('--config <file>', 'the deployment to read')
    .argParser(nameOf('a file'))
    .default(relativePath(join(root, 'config', 'production.yaml')));
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
