import { didYouMean } from '../../../documents/nearest';
import type { Deployment, ImagesLock } from '../schema/schema';
import { isUnresolved } from '../schema/unresolved';
import { at, type ConfigFinding, type DeclaredNames } from './finding';

/** The lock file must have exactly one entry for each image, with the digest of the image's tag. */
export function lockFindings(
  { images }: Deployment,
  lock: ImagesLock,
  declared: DeclaredNames,
): ConfigFinding[] {
  const missing = Object.keys(images)
    .filter((name) => !(name in lock))
    .map((name) =>
      at(['images', name], `has no entry in the lock file; add its digest there: npx honeydue pin ${name}`),
    );
  const wrong = Object.entries(lock).flatMap(([name, { tag }]): ConfigFinding[] => {
    if (!declared.images.includes(name)) {
      const message = `locks an image that isn't declared${didYouMean(name, declared.images) || '; remove it'}`;
      return [{ file: 'lock', path: [name], key: true, message }];
    }
    const stated = images[name]?.tag;
    if (stated === undefined || tag === (isUnresolved(stated) ? undefined : stated)) return [];
    if (tag === undefined) {
      const message = `has a digest without a tag; if the digest is that of "${stated}" (images.${name}.tag), add tag: "${stated}"`;
      return [{ file: 'lock', path: [name], key: true, message }];
    }
    const wanted = isUnresolved(stated) ? 'which is unresolved' : `which is "${stated}"`;
    const message = `the digest is for tag "${tag}", not for images.${name}.tag, ${wanted}; look the digest up again: npx honeydue pin ${name}`;
    return [{ file: 'lock', path: [name, 'tag'], message }];
  });
  return [...missing, ...wrong];
}
