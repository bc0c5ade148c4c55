import { type Command, CommanderError } from 'commander';
import { InvalidManifest } from '../analysis/flows/fields';
import { MissingPeers } from '../deployment/synth/stacks';
import { ConfigError, formatProblem } from '../input/problem';
import { OperationError } from '../operations/error';
import { OperationRefused } from '../operations/refused';
import { OutputError } from '../output/error';
import { MissingLayout } from '../report/picture/missing-layout';
import type { Progress } from './progress';
import { CheckError } from './synthesize';

/** The parts of the process and the terminal that a command uses. */
export interface Surroundings {
  /** The project's directory. */
  readonly root: string;
  /** The width of the terminal; undefined without one. */
  readonly columns?: number | undefined;
  /** Whether the output has colours. @default false */
  readonly colour?: boolean;
  /** The package's version. @default unknown */
  readonly version?: () => string;
  /** Asks the user for a line, which is empty after an interrupt; undefined where no user is at a terminal. */
  readonly ask?: ((question: string, signal?: AbortSignal) => Promise<string>) | undefined;
  /** Shows the current step of a long command. @default nothing is shown */
  readonly progress?: Progress;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

/** A command has printed findings and ends with the exit code for them. */
export class Findings extends Error {}

/** A change loses something or fails, and no acknowledgement accepts it. */
export class Unacknowledged extends Error {}

/** A command can't read its input, or its arguments contradict each other. */
export class Unreadable extends Error {}

/**
 * Reads the input of a command. An error in it is not an error of the configuration.
 *
 * @throws Unreadable instead of ConfigError
 */
export function reading<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigError) throw new Unreadable(error.message);
    throw error;
  }
}

/** The exit codes of every command. */
export const exitCodes = {
  success: 0,
  /** The configuration or its output has an error. A command that writes files has written none of them. */
  refused: 1,
  /** The command could not run: wrong arguments, an output directory that can't be written. */
  failed: 2,
  /** A change loses something or fails, and no acknowledgement accepts it. */
  unacknowledged: 3,
} as const;

/** The end of each command's help: the meaning of its exit codes. */
export function exitCodesHelp(success: string, refused: string, more = ''): string {
  return `\nExit codes: 0 ${success}; 1 ${refused}; 2 could not run${more}.`;
}

/**
 * Runs a synchronous command.
 *
 * @returns the exit code; errors have been printed to standard error
 */
export function runCommand(command: Command, args: readonly string[], surroundings: Surroundings): number {
  prepare(command, surroundings);
  try {
    command.parse(args, { from: 'user' });
    return exitCodes.success;
  } catch (error) {
    return explain(error, surroundings.stderr, isReadOnly(args));
  } finally {
    surroundings.progress?.clear();
  }
}

/** Runs a command to its end, also one that waits for servers. */
export async function runLiveCommand(
  command: Command,
  args: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  prepare(command, surroundings);
  try {
    await command.parseAsync(args, { from: 'user' });
    return exitCodes.success;
  } catch (error) {
    return explain(error, surroundings.stderr, isReadOnly(args));
  } finally {
    surroundings.progress?.clear();
  }
}

function prepare(command: Command, surroundings: Surroundings): void {
  const { stdout, stderr } = surroundings;
  command.exitOverride().configureOutput({ writeOut: stdout, writeErr: stderr }).allowExcessArguments(false);
  for (const each of command.commands) prepare(each, surroundings);
}

/** Errors whose message is all that the user needs. */
const failures = [MissingLayout, MissingPeers, OperationError, OutputError, Unreadable];

/** Commands that write no files: their errors need no note that nothing was written. */
const readOnlyCommands: readonly string[] = [
  ...['check', 'cost', 'diff', 'drill', 'flows', 'impact'],
  ...['plan', 'status', 'trace', 'unresolved', 'upgrade'],
];

function isReadOnly([command = '']: readonly string[]): boolean {
  return readOnlyCommands.includes(command);
}

/** A mistake of the user is printed as a message. Any other error is a bug and keeps its stack trace. */
function explain(error: unknown, stderr: (text: string) => void, readsOnly: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.success : exitCodes.failed;
  if (error instanceof ConfigError) {
    const count = error.problems.length === 1 ? 'One problem' : `${error.problems.length} problems`;
    stderr(
      `${error.problems.map(formatProblem).join('\n')}\n\n${count}${readsOnly ? '' : '; nothing was written'}.\n`,
    );
    return exitCodes.refused;
  }
  if (error instanceof CheckError) {
    stderr(`${error.message}\n${readsOnly ? '' : '\nNothing was written.\n'}`);
    return exitCodes.refused;
  }
  if (error instanceof OperationRefused) {
    stderr(`${error.message}\n`);
    return exitCodes.refused;
  }
  if (error instanceof Findings) return exitCodes.refused;
  if (error instanceof Unacknowledged) return exitCodes.unacknowledged;
  if (error instanceof InvalidManifest) {
    stderr(`${error.message}\nCorrect the manifests: npx honeydue check shows the line of each field.\n`);
    return exitCodes.failed;
  }
  if (failures.some((failure) => error instanceof failure)) {
    stderr(`${(error as Error).message}\n`);
    return exitCodes.failed;
  }
  throw error;
}
