import { RequestError } from '../http/request-error';
import type { ImageManifests } from '../registry/manifest';
import type { Registry } from '../registry/registry';
import type { ImagePin } from './pin-outcome';

/** The lock file's entry for an image. */
export interface LockedImage {
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  readonly manifests: ImageManifests | undefined;
}

/** An image whose tag is known. */
export type WantedImage = Pick<ImagePin, 'name' | 'repository' | 'workloads' | 'tagBefore'> & {
  readonly tag: string;
};

/** Looks up which digest an image's tag refers to, and compares it with the lock file. */
export async function resolvePin(
  registry: Registry,
  image: WantedImage,
  locked: LockedImage,
  architectures: readonly string[],
): Promise<ImagePin> {
  const known = { ...image, ...(locked.digest !== undefined && { digestBefore: locked.digest }) };
  try {
    const digest = await registry.resolve(image.tag);
    if (digest === locked.digest && holdsAll(locked.manifests, architectures)) {
      const outcome = locked.tag === image.tag ? 'unchanged' : 'moved';
      return { ...known, outcome, digest, manifests: only(locked.manifests ?? {}, architectures) };
    }
    const all = await registry.manifests(digest);
    const missing = architectures.filter((architecture) => all[architecture] === undefined);
    if (missing.length > 0)
      return { ...known, outcome: 'failed', failure: 'architecture', message: lacks(image, missing, all) };
    const manifests = only(all, architectures);
    if (locked.digest === undefined) return { ...known, outcome: 'pinned', digest, manifests };
    if (digest === locked.digest)
      return { ...known, outcome: locked.tag === image.tag ? 'unchanged' : 'moved', digest, manifests };
    if (locked.tag === image.tag && (await isSameForNodes(registry, locked, manifests)))
      return { ...known, outcome: 'kept', digest: locked.digest, manifests };
    return { ...known, outcome: 'moved', digest, manifests };
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return { ...known, outcome: 'failed', failure: error.failure, message: error.message };
  }
}

/** Whether the locked digest has the same manifests for the nodes' architectures, and can still be pulled. */
async function isSameForNodes(
  registry: Registry,
  { digest = '', manifests: before }: LockedImage,
  manifests: ImageManifests,
): Promise<boolean> {
  const architectures = Object.keys(manifests);
  const known = holdsAll(before, architectures) ? before : await manifestsIfHeld(registry, digest);
  if (!architectures.every((each) => known?.[each] === manifests[each])) return false;
  return known !== before || (await registry.holds(digest));
}

async function manifestsIfHeld(registry: Registry, digest: string): Promise<ImageManifests | undefined> {
  try {
    return await registry.manifests(digest);
  } catch (error) {
    if (error instanceof RequestError && error.failure === 'missing') return undefined;
    throw error;
  }
}

function holdsAll(
  manifests: ImageManifests | undefined,
  architectures: readonly string[],
): manifests is ImageManifests {
  return architectures.every((each) => manifests?.[each] !== undefined);
}

function only(manifests: ImageManifests, architectures: readonly string[]): ImageManifests {
  return Object.fromEntries(architectures.map((each) => [each, manifests[each] ?? '']));
}

function lacks({ repository, tag }: WantedImage, missing: readonly string[], all: ImageManifests): string {
  const built = Object.keys(all).sort();
  const found = built.length === 0 ? 'for no Linux architecture' : `for ${built.join(', ')} only`;
  return `${repository}:${tag} is built ${found}, but the nodes need ${missing.join(' and ')}; build the image for ${missing.join(' and ')}`;
}
