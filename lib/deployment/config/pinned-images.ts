import { existsSync } from 'node:fs';
import { dirname, join, parse, relative, resolve } from 'node:path';
import { ConfigError, type Place, type Problem, sortProblems } from '../../input/problem';
import { type Path, YamlSource } from '../../input/source';
import { extendedFile, type KnownFiles, readDeployment } from './environment/read';
import { type Deployment, deploymentSchema, type ImagesLock, imagesLockSchema } from './schema/schema';
import { validate } from './validation';

/** The files that state an image. */
export interface ImageFiles {
  /** States the tag. */
  readonly configuration: string;
  /** States the digest. */
  readonly lock: string;
}

/** A deployment and its lock files, each valid, whether or not they fit each other. */
export interface PinnedImages {
  readonly deployment: Deployment;
  /** Of each image, the entry of the lock file that belongs to the file that states its tag. */
  readonly lock: ImagesLock;
  /** The lock file of the deployment without its environments. */
  readonly lockFile: string;
  /** Of an environment, an image that it does not state is stated by a file that it extends. */
  readonly filesOf: (image: string) => ImageFiles;
  /** The file, line and column of a value of the deployment. */
  readonly placeOf: (path: Path) => Place;
}

/**
 * Reads a deployment and its lock files for a command that makes them fit. A lock file that is missing locks nothing.
 *
 * @param command the command, for its messages
 * @throws ConfigError with every problem of them
 */
export function loadPinnedImages(path: string, command: 'pin' | 'adopt' = 'pin'): PinnedImages {
  const known: KnownFiles = new Map();
  const role = { remedy: 'choose another file with --config', purpose: 'describe a deployment' };
  const { source, files, problems: unused } = readDeployment(path, role, known);
  const own = known.get(resolve(path));
  if (command === 'adopt' && own !== undefined) refuseExtension(own);
  const deployment = validate(deploymentSchema, source);
  const filesOf = (image: string) => imageFiles(files, known, image);
  const names = Object.keys(deployment.value?.images ?? {});
  const lockFile = lockFileOf(files, 0);
  const lockFiles = new Set([lockFile, ...names.map((name) => filesOf(name).lock)]);
  const read = new Map([...lockFiles].map((file) => [file, readLockedImages(file)] as const));
  const problems: Problem[] = [
    ...unused,
    ...deployment.problems,
    ...[...read.values()].flatMap((each) => each.problems),
  ];
  if (problems.length > 0 || deployment.value === undefined) throw new ConfigError(sortProblems(problems));
  const lockedIn = (file: string): ImagesLock => read.get(file)?.value ?? {};
  const ofEnvironments = names.flatMap((name) => {
    const entry = lockedIn(filesOf(name).lock)[name];
    return entry === undefined ? [] : [[name, entry] as const];
  });
  return {
    deployment: deployment.value,
    // Entries of images that the deployment does not have are the reader's business.
    lock: files.length > 1 ? Object.fromEntries(ofEnvironments) : lockedIn(lockFile),
    lockFile,
    filesOf,
    placeOf: (place) => source.placeOf(place),
  };
}

/** The last file of an environment and those that it extends that states the tag. */
function imageFiles(files: readonly string[], known: KnownFiles, image: string): ImageFiles {
  const stating = files.findLastIndex((file) => {
    const data = known.get(resolve(file))?.data() as
      | { images?: Record<string, { tag?: unknown } | undefined> | null }
      | null
      | undefined;
    return data?.images?.[image]?.tag !== undefined;
  });
  const index = Math.max(0, stating);
  return { configuration: files[index] ?? '', lock: lockFileOf(files, index) };
}

/** `images.lock.yaml` next to the deployment, and `staging.images.lock.yaml` next to `staging.yaml`. */
function lockFileOf(files: readonly string[], index: number): string {
  const file = files[index] ?? '';
  return join(dirname(file), index === 0 ? 'images.lock.yaml' : `${parse(file).name}.images.lock.yaml`);
}

/** @throws ConfigError for an environment, whose values may be in several files */
function refuseExtension(source: YamlSource): void {
  if (extendedFile(source.data()) === undefined) return;
  const message = "adopt can't write into a file that extends another; adopt what runs there: --config FILE";
  throw new ConfigError([{ place: source.placeOf(['extends']), path: 'extends', message }]);
}

function readLockedImages(path: string) {
  if (!existsSync(path)) return { problems: [], value: {} };
  const source = YamlSource.read(path, relative(process.cwd(), path) || path, {
    remedy: 'remove it',
    purpose:
      'have an entry for each image of the deployment; npx honeydue pin adds them to a file that is not there',
  });
  return validate(imagesLockSchema, source);
}
