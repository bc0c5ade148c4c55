import { join, relative } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { readManifests } from '../config/documents';
import { ConfigError, sortProblems } from '../config/problem';
import type { KubernetesObject } from '../documents/kubernetes';
import { changingFiles } from '../output/previous';
import { writeOutput } from '../output/write';
import { leftBehind } from '../report/left-behind';
import { remarksBlock, unresolvedBlock, writeSummary } from '../report/summary';
import { exitCodesHelp, type Surroundings } from './run';
import { type Synthesis, synthesize } from './synthesize';

interface Options {
  readonly config: string;
  readonly out: string;
  readonly strict?: true;
}

/** `synth`: writes the Kubernetes side of a deployment, or leaves the output as it was and says what is wrong. */
export function synthCommand({ root, stdout }: Surroundings): Command {
  return new Command('synth')
    .description('Writes the Kubernetes manifests of a deployment, or says all that is wrong with it.')
    .option('--config <file>', 'the deployment to read', defaultConfiguration(root))
    .option('--out <directory>', 'where to write', named, relativePath(join(root, 'dist')))
    .option('--strict', 'refuse values that are unresolved: the way to a cluster always says this')
    .addHelpText('after', exitCodesHelp)
    .action(({ config, out, strict }: Options) => {
      const synthesis = synthesize(config);
      if (strict) refuseUnresolved(synthesis);
      const before = previousObjects(changingFiles(out, 'kubernetes', synthesis.files));
      const result = writeOutput(out, 'kubernetes', synthesis.files);
      stdout(writeSummary(out, result));
      stdout(
        leftBehind(
          before,
          synthesis.documents.map(({ object }) => object),
        ),
      );
      // Before an apply they are said whether or not this run was the one that changed the file.
      stdout(remarksBlock(strict ? [...synthesis.remarks.keys()] : result.written, synthesis.remarks));
      stdout(synthesis.warnings.map((sentence) => `\n${sentence}\n`).join(''));
      stdout(unresolvedBlock(synthesis.model.unresolved));
    });
}

/** An unset variable in a script must not turn into the directory that the user happens to be in. */
function named(directory: string): string {
  if (directory === '') throw new InvalidArgumentError('It must name a directory.');
  return directory;
}

/** Production, as it is named from where the user is. */
export function defaultConfiguration(root: string): string {
  return relativePath(join(root, 'config', 'production.yaml'));
}

function relativePath(path: string): string {
  return relative(process.cwd(), path) || '.';
}

/** The objects of files that are about to change; somebody may have edited one past reading. */
function previousObjects(paths: readonly string[]): KubernetesObject[] {
  return paths.flatMap((path) => {
    try {
      return readManifests([path]);
    } catch (error) {
      if (error instanceof ConfigError) return [];
      throw error;
    }
  });
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
