import { RequestError } from '../http/request-error';

/** What an image's digest refers to: the digest of the manifest for each architecture of Linux, such as `amd64`. */
export type ImageManifests = Readonly<Record<string, string>>;

const indexTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

/** What a registry is asked for. Indexes come first: the digest of one covers all architectures. */
export const manifestTypes = [
  ...indexTypes,
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

interface ImageManifest {
  readonly mediaType?: string;
  readonly manifests?: readonly {
    readonly digest: string;
    readonly platform?: { readonly os: string; readonly architecture: string };
  }[];
  readonly config?: { readonly digest: string };
}

/**
 * Reads an index, or the manifest of an image for one architecture, which only its configuration names.
 *
 * @throws RequestError for other bytes
 */
export async function readImageManifests(
  digest: string,
  bytes: Uint8Array,
  contentType: string,
  readConfiguration: (digest: string) => Promise<Uint8Array>,
): Promise<ImageManifests> {
  const manifest = parseJson<ImageManifest>(bytes);
  const type = contentType.split(';')[0]?.trim() || manifest.mediaType;
  if (!manifestTypes.includes(type ?? ''))
    throw new RequestError(
      'invalid',
      `the manifest has the type ${type}, which Kubernetes can't run; push the image again`,
    );
  if (manifest.manifests !== undefined) {
    // An index of BuildKit also lists attestations, as the architecture "unknown". The first of two variants is the kubelet's.
    const entries = manifest.manifests.flatMap(({ platform, digest: each }) =>
      platform?.os === 'linux' && platform.architecture !== 'unknown'
        ? [[platform.architecture, each] as const]
        : [],
    );
    return Object.fromEntries(entries.reverse());
  }
  if (manifest.config === undefined) throw new RequestError('invalid', 'the manifest names no configuration');
  const { os, architecture } = parseJson<{ os?: string; architecture?: string }>(
    await readConfiguration(manifest.config.digest),
  );
  return os === 'linux' && architecture !== undefined ? { [architecture]: digest } : {};
}

function parseJson<Value>(bytes: Uint8Array): Value {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Value;
  } catch {
    throw new RequestError('invalid', 'the registry sent no JSON');
  }
}
