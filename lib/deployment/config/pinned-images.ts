import { existsSync } from 'node:fs';
import { dirname, join, parse, relative, resolve } from 'node:path';
import { ConfigError, type Place, type Problem, sortProblems } from '../../input/problem';
import { type Path, YamlSource } from '../../input/source';
import { type KnownFiles, readDeployment } from './environment/read';
import { type Deployment, deploymentSchema, type ImagesLock, imagesLockSchema } from './schema/schema';
import { validate } from './validation';

/** The files that set the tag and the digest of an image. */
export interface ImageFiles {
  /** States the tag. */
  readonly configuration: string;
  /** States the digest. */
  readonly lock: string;
}

/** A deployment and its lock files. Each is valid, but the digests may not belong to the tags. */
export interface PinnedImages {
  readonly deployment: Deployment;
  /** The entry of each image, from the lock file that belongs to the file that sets the tag. */
  readonly lock: ImagesLock;
  /** The files in order: the file without `extends` is the first, the requested file is the last. */
  readonly files: readonly string[];
  /** The path of the lock file that belongs to the requested file. */
  readonly lockFile: string;
  /**
   * The files that set an image. If an environment does not set the image, they are the files of a deployment
   * that it extends.
   */
  readonly filesOf: (image: string) => ImageFiles;
  /** The file, line and column of a value of the deployment. */
  readonly placeOf: (path: Path) => Place;
}

/**
 * Reads a deployment and its lock files for commands that update the digests. A missing lock file counts as
 * empty.
 *
 * @throws ConfigError with all problems of the files
 */
export function loadPinnedImages(path: string): PinnedImages {
  const known: KnownFiles = new Map();
  const role = { remedy: 'choose another file with --config', purpose: 'describe a deployment' };
  const { source, files, problems: unused } = readDeployment(path, role, known);
  const deployment = validate(deploymentSchema, source);
  const filesOf = (image: string) => imageFiles(files, known, image);
  const names = Object.keys(deployment.value?.images ?? {});
  const lockFile = lockFileOf(files, files.length - 1);
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
    // With only one configuration file, the lock file may have entries for undeclared images. The caller reports
    // these entries.
    lock: files.length > 1 ? Object.fromEntries(ofEnvironments) : lockedIn(lockFile),
    files,
    lockFile,
    filesOf,
    placeOf: (place) => source.placeOf(place),
  };
}

/**
 * The files that set the tag and the digest of an image: the last of the files that sets a tag, and its lock
 * file.
 */
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

function readLockedImages(path: string) {
  if (!existsSync(path)) return { problems: [], value: {} };
  const source = YamlSource.read(path, relative(process.cwd(), path) || path, {
    remedy: 'remove it',
    purpose:
      'contain an entry for each image of the deployment; npx honeydue pin creates the file and adds them',
  });
  return validate(imagesLockSchema, source);
}
