import { dirname, join, relative } from 'node:path';
import { checkCapacity } from './capacity';
import { ConfigError, type Place, type Problem, sortProblems } from './problem';
import { checkReferences, type Declared, type Finding } from './references';
import { type Deployment, deploymentSchema, type ImagesLock, imagesLockSchema } from './schema';
import { formatPath, type Path, YamlSource } from './source';
import { validate } from './validation';

/** A configuration that is valid as a whole. */
export interface Configuration {
  readonly deployment: Deployment;
  readonly lock: ImagesLock;
  /** Where the value at a path stands, for messages of later stages; `images.api.digest` is the lock file's. */
  readonly placeOf: (path: Path) => Place;
}

/**
 * Reads a deployment and, beside it, `images.lock.yaml`.
 *
 * @param path the file to read; the messages name it relative to the working directory
 * @throws ConfigError with every problem of both files, each with its place and the way out
 */
export function loadConfiguration(path: string): Configuration {
  const { deploymentSource, lockSource } = readBoth(path, join(dirname(path), 'images.lock.yaml'));
  const deployment = validate(deploymentSchema, deploymentSource);
  const lock = validate(imagesLockSchema, lockSource);
  const problems: Problem[] = [...deployment.problems, ...lock.problems];
  if (deployment.value !== undefined && lock.value !== undefined) {
    const declared = declaredNames(deploymentSource.data(), problems.length === 0);
    const findings = [
      ...checkReferences(deployment.value, lock.value, declared),
      ...checkCapacity(deployment.value),
    ];
    problems.push(...findings.map((finding) => locate(finding, deploymentSource, lockSource)));
  }
  if (problems.length > 0 || deployment.value === undefined || lock.value === undefined) {
    throw new ConfigError(sortProblems(problems));
  }
  return {
    deployment: deployment.value,
    lock: lock.value,
    placeOf: (place) =>
      place[0] === 'images' && place[2] === 'digest'
        ? lockSource.placeOf(place.slice(1))
        : deploymentSource.placeOf(place),
  };
}

/** Broken syntax in one file must not hide what is wrong in the other. */
function readBoth(deploymentPath: string, lockPath: string) {
  const problems: Problem[] = [];
  const read = (path: string): YamlSource | undefined => {
    try {
      return YamlSource.read(path, relative(process.cwd(), path) || path);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  const deploymentSource = read(deploymentPath);
  const lockSource = read(lockPath);
  if (deploymentSource === undefined || lockSource === undefined) throw new ConfigError(problems);
  return { deploymentSource, lockSource };
}

function locate(finding: Finding, deployment: YamlSource, lock: YamlSource): Problem {
  const source = finding.file === 'lock' ? lock : deployment;
  const place = finding.key ? source.placeOfKey(finding.path) : source.placeOf(finding.path);
  return { place, path: formatPath(finding.path), message: finding.message };
}

function declaredNames(data: unknown, complete: boolean): Declared {
  const keys = (value: unknown) => (typeof value === 'object' && value !== null ? Object.keys(value) : []);
  const { images, secrets, config } = data as Partial<Record<string, unknown>>;
  const configData = typeof config === 'object' && config !== null ? (config as { data?: unknown }).data : {};
  return { images: keys(images), secrets: keys(secrets), configKeys: keys(configData), complete };
}
