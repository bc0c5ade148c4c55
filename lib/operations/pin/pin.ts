import { readFileSync } from 'node:fs';
import { loadPinnedImages, type PinnedImages } from '../../deployment/config/pinned-images';
import { k3sArchitectureOf } from '../../deployment/config/schema/node-role';
import type { Deployment, ImagesLock } from '../../deployment/config/schema/schema';
import { isUnresolved } from '../../deployment/config/schema/unresolved';
import { imageReferences } from '../../deployment/config/schema/workloads';
import { didYouMean } from '../../documents/nearest';
import { ConfigError } from '../../input/problem';
import { formatPath } from '../../input/source';
import { EditRefused, setYamlValue } from '../../input/yaml-edit';
import { fileChanges } from '../../output/changes';
import { rewriteFile } from '../../output/replace';
import { OperationError } from '../error';
import { Registry, type RegistryOptions } from '../registry/registry';
import type { ImagePin } from './pin-outcome';
import { type LockedImage, resolvePin } from './resolve-pin';

/** An image to look up, and optionally the tag to set in the configuration. */
export interface PinRequest {
  readonly name: string;
  readonly tag?: string;
}

export interface PinOptions extends RegistryOptions {
  /** Whether to only compare, without writing files. */
  readonly check?: boolean;
}

/** The results of the lookups, and the files that were changed. */
export interface PinReport {
  readonly images: readonly ImagePin[];
  readonly written: readonly string[];
}

/**
 * Looks up the tags of images in their registries, and writes the digests to the lock file. If one lookup fails,
 * nothing is written.
 *
 * @param requests the images to look up; empty for all images
 * @throws ConfigError for an invalid configuration, OperationError for an image that the configuration does not have
 */
export async function pin(
  config: string,
  requests: readonly PinRequest[],
  { check = false, ...options }: PinOptions = {},
): Promise<PinReport> {
  const files = loadPinnedImages(config);
  const { deployment, lock } = files;
  refuseUnknown(requests, deployment);
  const names = requests.length > 0 ? requests : Object.keys(deployment.images).map((name) => ({ name }));
  const paths = new Set(names.flatMap(({ name }) => Object.values(files.filesOf(name)) as string[]));
  const texts = new Map([...paths].map((path) => [path, textOf(path)]));
  const architectures = [...new Set(Object.values(deployment.nodes).map(k3sArchitectureOf))].sort();
  const images = await Promise.all(
    names.map((request) => pinImage(deployment, lock, request, architectures, options)),
  );
  if (check || images.some(({ outcome }) => outcome === 'failed')) return { images, written: [] };
  return { images, written: write(files, images, texts) };
}

function pinImage(
  { images, workloads }: Deployment,
  lock: ImagesLock,
  { name, tag: asked }: PinRequest,
  architectures: readonly string[],
  options: RegistryOptions,
): Promise<ImagePin> | ImagePin {
  const { repository = '', tag: stated } = images[name] ?? {};
  const before = stated === undefined || isUnresolved(stated) ? undefined : stated;
  const tag = asked ?? before;
  const users = Object.entries(workloads).filter(([, workload]) =>
    imageReferences(workload).some(({ image }) => image === name),
  );
  const image = {
    ...{ name, repository, workloads: users.map(([workload]) => workload) },
    ...(before !== undefined && before !== tag && { tagBefore: before }),
  };
  if (tag === undefined) return { ...image, outcome: 'unresolved' };
  return resolvePin(
    new Registry(repository, options),
    { ...image, tag },
    lockedOf(lock, name),
    architectures,
  );
}

function lockedOf(lock: ImagesLock, name: string): LockedImage {
  const { tag, digest, manifests } = lock[name] ?? {};
  return { tag, digest: isUnresolved(digest) ? undefined : digest, manifests };
}

/** @throws OperationError with every requested image that the configuration does not have, or has without a tag */
function refuseUnknown(requests: readonly PinRequest[], { images }: Deployment): void {
  const names = Object.keys(images);
  const faults = requests.flatMap(({ name, tag }) => {
    if (!names.includes(name))
      return [`no image is called ${name}${didYouMean(name, names) || `; known are ${names.join(', ')}`}`];
    return tag === undefined && isUnresolved(images[name]?.tag)
      ? [`images.${name}.tag is unresolved; set the tag: npx honeydue pin ${name}=TAG`]
      : [];
  });
  const twice = requests.find(({ name }, index) => requests.findIndex((each) => each.name === name) < index);
  if (twice !== undefined) faults.push(`${twice.name} is named twice`);
  if (faults.length > 0) throw new OperationError(faults.join('\n'));
}

/**
 * Writes the configuration before the lock file. If the run is killed in between, the next synth reports that the lock
 * file does not match, and the next `pin` looks up the new tag.
 */
function write(
  { filesOf, placeOf }: PinnedImages,
  images: readonly ImagePin[],
  texts: ReadonlyMap<string, string>,
): string[] {
  const [configurations, locks] = [new Map<string, string>(), new Map<string, string>()];
  for (const { name, tag, digest, manifests, outcome } of images) {
    if (tag === undefined || digest === undefined || outcome === 'unresolved') continue;
    const { configuration, lock } = filesOf(name);
    const configText = configurations.get(configuration) ?? texts.get(configuration) ?? '';
    configurations.set(configuration, setTag(configText, name, tag, placeOf));
    let lockText = locks.get(lock) ?? texts.get(lock) ?? '';
    lockText = setYamlValue(lockText, [name, 'tag'], tag);
    lockText = setYamlValue(lockText, [name, 'digest'], digest);
    locks.set(lock, setYamlValue(lockText, [name, 'manifests'], manifests ?? {}));
  }
  const changed = [...configurations, ...locks].filter(([path, text]) => text !== texts.get(path));
  for (const [path] of changed)
    if (textOf(path) !== texts.get(path))
      throw new OperationError(
        `${path} was changed by another program during the lookup; nothing was written. Run the command again.`,
      );
  for (const [path, text] of changed) rewriteFile(path, text, fileChanges);
  return changed.map(([path]) => path);
}

/** @throws ConfigError if the tag is part of a YAML anchor or alias */
function setTag(text: string, name: string, tag: string, placeOf: PinnedImages['placeOf']): string {
  try {
    return setYamlValue(text, ['images', name, 'tag'], tag);
  } catch (error) {
    if (!(error instanceof EditRefused)) throw error;
    const { path, message } = error;
    throw new ConfigError([{ place: placeOf(path), path: formatPath(path), message }]);
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
