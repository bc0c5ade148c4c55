import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ConfigError } from '../../../input/problem';
import type { LocatedData } from '../../../input/source';
import { readText } from '../../../input/text';
import { type Deployment, deploymentSchema } from '../schema/schema';
import { validate } from '../validation';
import { type KnownFiles, readDeployment, shownFile } from './read';

/** A file that describes a deployment, or an environment of one. */
export interface DeployedEnvironment {
  /** The path in messages. */
  readonly file: string;
  /** The files that the environment extends, and then its own file. */
  readonly files: readonly string[];
  readonly deployment: Deployment;
  readonly placeOf: LocatedData['placeOf'];
}

const role = { remedy: 'name another', purpose: 'describe a deployment' };

/**
 * Reads the other environments: the deployment file that all environments extend, and the files in the same
 * directories that extend it. A file with an invalid value is left out; a synth of that environment reports
 * its problems.
 *
 * @param files the files of this environment, in the order in which they extend each other
 * @param known files that were already read
 */
export function readOthers(files: readonly string[], known: KnownFiles): DeployedEnvironment[] {
  const [root = ''] = files;
  const own = files.at(-1) ?? root;
  const extending = [...new Set(files.map((file) => dirname(resolve(file))))].flatMap(environmentFiles);
  const candidates = [...(own === root ? [] : [resolve(root)]), ...extending];
  return candidates
    .filter((file) => file !== resolve(own))
    .flatMap((file) => {
      const other = readOther(file, known);
      return other !== undefined && resolve(other.files[0] ?? '') === resolve(root) ? [other] : [];
    });
}

function readOther(file: string, known: KnownFiles): DeployedEnvironment | undefined {
  try {
    const { source, files } = readDeployment(file, role, known);
    const { value } = validate(deploymentSchema, source);
    if (value === undefined) return undefined;
    const placeOf: LocatedData['placeOf'] = (path) => source.placeOf(path);
    return { file: shownFile(file), files, deployment: value, placeOf };
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

/** Whether an environment extends a file, directly or through another one. */
export function extendsFile({ files }: DeployedEnvironment, file: string): boolean {
  return files.slice(0, -1).some((each) => resolve(each) === resolve(file));
}

/** The files in a directory that extend another file. */
export function environmentFiles(directory: string): string[] {
  const names = readdirSync(directory).filter((name) => /\.ya?ml$/.test(name));
  return names.map((name) => join(directory, name)).filter(extendsAnother);
}

/**
 * Searches the text before it parses the file: most files next to a configuration are not environments, and
 * parsing is slow.
 */
function extendsAnother(file: string): boolean {
  try {
    return /^(extends|["']extends["']) *:/m.test(readText(file, file, role));
  } catch (error) {
    if (error instanceof ConfigError) return false;
    throw error;
  }
}
