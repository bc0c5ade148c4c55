import { type Command, CommanderError, Option } from 'commander';
import { noProgress, type Progress } from './progress';
import type { Surroundings } from './run';

/** The options for the format and the amount of output. They are the same in every command. */
export interface OutputOptions<Format extends string = 'text'> {
  readonly format: Format;
  readonly quiet?: true;
  readonly verbose?: true;
}

/** Adds `--format`, `--quiet`, `--verbose` and `--version`. */
export function addOutputOptions(
  command: Command,
  formats: readonly string[],
  surroundings: Surroundings,
): Command {
  return addVersion(command, surroundings)
    .addOption(new Option('--format <format>', 'the output format').choices(formats).default('text'))
    .addOption(new Option('--quiet', 'print errors only; the exit code has the result').conflicts('verbose'))
    .option('--verbose', 'print all items, also of lists that are only counted by default');
}

/** Adds `--version`. The version is read from package.json only if the option is used. */
export function addVersion(command: Command, { stdout, version }: Surroundings): Command {
  return command.option('--version', 'print the version').on('option:version', () => {
    stdout(`${version?.() ?? 'unknown'}\n`);
    throw new CommanderError(0, 'commander.version', 'version');
  });
}

/** A function that shows the current step of a command. With `--quiet` it shows nothing. */
export function progressOf(
  { progress = noProgress }: Pick<Surroundings, 'progress'>,
  { quiet }: { readonly quiet?: true | undefined },
): Progress['step'] {
  return quiet ? noProgress.step : progress.step;
}

/** The function that prints the result of a command. With `--quiet` it prints nothing. */
export function resultOutput(
  { stdout }: Pick<Surroundings, 'stdout'>,
  { quiet }: { readonly quiet?: true | undefined },
): (text: string) => void {
  return quiet ? () => undefined : stdout;
}
