import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ConfigError, type Place, type Problem, sortProblems } from '../../input/problem';
import { type Path, YamlSource } from '../../input/source';
import { type Deployment, deploymentSchema, type ImagesLock, imagesLockSchema } from './schema/schema';
import { validate } from './validation';

/** A deployment and its lock file, each valid, whether or not they fit each other. */
export interface PinnedImages {
  readonly deployment: Deployment;
  readonly lock: ImagesLock;
  readonly lockFile: string;
  /** The place of a value of the deployment. */
  readonly placeOf: (path: Path) => Place;
}

/**
 * Reads a deployment and its lock file for a command that makes them fit. A lock file that is missing locks nothing.
 *
 * @param command the command, for its messages
 * @throws ConfigError with every problem of both
 */
export function loadPinnedImages(path: string, command: 'pin' | 'adopt' = 'pin'): PinnedImages {
  const source = YamlSource.read(path, relative(process.cwd(), path) || path, {
    remedy: 'choose another file with --config',
    purpose: 'describe a deployment',
  });
  refuseExtension(source, command);
  const lockFile = join(dirname(path), 'images.lock.yaml');
  const deployment = validate(deploymentSchema, source);
  const lock = readLockedImages(lockFile);
  const problems: Problem[] = [...deployment.problems, ...lock.problems];
  if (problems.length > 0 || deployment.value === undefined || lock.value === undefined)
    throw new ConfigError(sortProblems(problems));
  return {
    deployment: deployment.value,
    lock: lock.value,
    lockFile,
    placeOf: (place) => source.placeOf(place),
  };
}

/** @throws ConfigError for an environment, whose values may be in several files */
function refuseExtension(source: YamlSource, command: 'pin' | 'adopt'): void {
  const data = source.data();
  if (typeof data !== 'object' || data === null || !('extends' in data)) return;
  const there = command === 'pin' ? 'pin the images there' : 'adopt what runs there';
  const message = `${command} can't write into a file that extends another; ${there}: --config FILE`;
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
