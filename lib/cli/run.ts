import { type Command, CommanderError } from 'commander';
import { MissingPeers } from '../deployment/synth/stacks';
import { ConfigError, formatProblem } from '../input/problem';
import { OperationError } from '../operations/error';
import { OperationRefused } from '../operations/refused';
import { OutputError } from '../output/error';
import { CheckError } from './synthesize';

/** What a command has around it: where it reads and writes what its arguments don't say. */
export interface Surroundings {
  /** The project's directory. */
  readonly root: string;
  /** The width of the terminal; undefined where there is none. */
  readonly columns?: number | undefined;
  /** Whether the terminal shows colours, and its user wants them. @default false */
  readonly colour?: boolean;
  /** The package's version. @default it is not known */
  readonly version?: () => string;
  /** Asks the user for a line; undefined where no user is at a terminal. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

/** A command found what it looks for, and has said so. */
export class Findings extends Error {}

/** Something is lost or fails, and nobody has said yes to it. */
export class Unacknowledged extends Error {}

/** What a command was to read is nothing that it can read. */
export class Unreadable extends Error {}

/**
 * Reads what a command was pointed at: that it can't is no fault of the configuration.
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
  /** The configuration or what it makes is wrong; nothing was written. */
  refused: 1,
  /** The command could not run: wrong arguments, an output directory that can't be written. */
  failed: 2,
  /** A change loses something, or fails, and nobody has acknowledged that. */
  unacknowledged: 3,
} as const;

/** What every command's help ends with: what 0 and 1 mean of it, and more than those. */
export function exitCodesHelp(success: string, refused: string, more = ''): string {
  return `\nExit codes: 0 ${success}; 1 ${refused}; 2 could not run${more}.`;
}

/**
 * Runs a command to its end.
 *
 * @returns the exit code; whatever is wrong has been said on standard error
 */
export function runCommand(command: Command, args: readonly string[], surroundings: Surroundings): number {
  prepare(command, surroundings);
  try {
    command.parse(args, { from: 'user' });
    return exitCodes.success;
  } catch (error) {
    return explain(error, surroundings.stderr);
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
    return explain(error, surroundings.stderr);
  }
}

function prepare(command: Command, surroundings: Surroundings): void {
  const { stdout, stderr } = surroundings;
  command.exitOverride().configureOutput({ writeOut: stdout, writeErr: stderr }).allowExcessArguments(false);
  for (const each of command.commands) prepare(each, surroundings);
}

/** Errors whose message is all that the user needs. */
const failures = [MissingPeers, OperationError, OutputError, Unreadable];

/** A user's mistake gets a sentence, and only a fault of ours gets a stack trace. */
function explain(error: unknown, stderr: (text: string) => void): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.success : exitCodes.failed;
  if (error instanceof ConfigError) {
    const count = error.problems.length === 1 ? 'One problem' : `${error.problems.length} problems`;
    stderr(`${error.problems.map(formatProblem).join('\n')}\n\n${count}; nothing was written.\n`);
    return exitCodes.refused;
  }
  if (error instanceof CheckError) {
    stderr(`${error.message}\n\nNothing was written.\n`);
    return exitCodes.refused;
  }
  if (error instanceof OperationRefused) {
    stderr(`${error.message}\n`);
    return exitCodes.refused;
  }
  if (error instanceof Findings) return exitCodes.refused;
  if (error instanceof Unacknowledged) return exitCodes.unacknowledged;
  if (failures.some((failure) => error instanceof failure)) {
    stderr(`${(error as Error).message}\n`);
    return exitCodes.failed;
  }
  throw error;
}
