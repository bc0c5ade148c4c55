import { join, relative } from 'node:path';
import { Command, CommanderError } from 'commander';
import { ConfigError, formatProblem, sortProblems } from '../config/problem';
import { OutputError } from '../output/error';
import { writeOutput } from '../output/write';
import { remarksBlock, unresolvedBlock, writeSummary } from '../report/summary';
import { CheckError, type Synthesis, synthesize } from './synthesize';

/** Where a command reads and writes what its arguments don't say. */
export interface Surroundings {
  /** The project's directory. */
  readonly root: string;
  /** Where the output goes unless `--out` says otherwise. @default `dist` below the root */
  readonly outputDirectory: string | undefined;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

interface Options {
  readonly config: string;
  readonly out: string;
  readonly strict?: true;
}

/** The exit codes of every command. */
export const exitCodes = {
  success: 0,
  /** The configuration or what it makes is wrong; nothing was written. */
  refused: 1,
  /** The command could not run: wrong arguments, an output directory that can't be written. */
  failed: 2,
} as const;

/**
 * `npm run synth`: writes the Kubernetes side of a deployment.
 *
 * @returns the exit code; whatever is wrong has been said on standard error, and the output is as it was
 */
export function synthCommand(args: readonly string[], surroundings: Surroundings): number {
  const { stdout, stderr } = surroundings;
  try {
    const options = parse(args, surroundings);
    const synthesis = synthesize(options.config);
    if (options.strict) refuseUnresolved(synthesis);
    const result = writeOutput(options.out, 'kubernetes', synthesis.files);
    stdout(writeSummary(options.out, synthesis.model.namespace, result));
    stdout(remarksBlock(result.written, synthesis.remarks));
    stdout(unresolvedBlock(synthesis.model.unresolved));
    return exitCodes.success;
  } catch (error) {
    return explain(error, stderr);
  }
}

function parse(args: readonly string[], { root, outputDirectory, stdout, stderr }: Surroundings): Options {
  const program = new Command('npm run synth --')
    .description('Writes the Kubernetes manifests of a deployment, or says all that is wrong with it.')
    .option(
      '--config <file>',
      'the deployment to read',
      relativePath(join(root, 'config', 'production.yaml')),
    )
    .option('--out <directory>', 'where to write', relativePath(outputDirectory ?? join(root, 'dist')))
    .option('--strict', 'refuse values that are unresolved: the way to a cluster always says this')
    .addHelpText(
      'after',
      '\nExit codes: 0 written; 1 the configuration is refused, nothing written; 2 could not run.',
    )
    .configureOutput({ writeOut: stdout, writeErr: stderr })
    .exitOverride()
    .allowExcessArguments(false);
  return program.parse(args, { from: 'user' }).opts<Options & { config: string; out: string }>();
}

function relativePath(path: string): string {
  return relative(process.cwd(), path) || '.';
}

/** Under `--strict` a value that nobody knows is a problem like any other. */
function refuseUnresolved({ model, placeOf }: Synthesis): void {
  if (model.unresolved.length === 0) return;
  const problems = model.unresolved.map(({ place, path, find }) => ({
    place: placeOf(place),
    path,
    message: `is unresolved; to find it out: ${find}`,
  }));
  throw new ConfigError(sortProblems(problems));
}

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
  if (error instanceof OutputError) {
    stderr(`${error.message}\n`);
    return exitCodes.failed;
  }
  throw error;
}
