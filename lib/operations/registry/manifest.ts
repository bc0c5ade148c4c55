import { RequestError } from '../http/request-error';

/** The manifests that an image digest refers to: their digests by Linux architecture, such as `amd64`. */
export type ImageManifests = Readonly<Record<string, string>>;

const indexTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

/** The accepted media types. Indexes come first, because the digest of an index covers all architectures. */
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
 * Reads the manifests of an index. The manifest of a single image does not contain its architecture: the image
 * configuration does.
 *
 * @throws RequestError if the manifest is not valid
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
      `the manifest has the type ${type}, which Kubernetes does not support; push the image again`,
    );
  if (Array.isArray(manifest.manifests)) {
    // An index from BuildKit also lists attestations, with the architecture "unknown". Of two variants, the kubelet
    // uses the first.
    const listed = manifest.manifests as NonNullable<ImageManifest['manifests']>;
    const entries = listed.flatMap(({ platform, digest: each }) =>
      platform?.os === 'linux' && platform.architecture !== 'unknown' && isDigest(each)
        ? [[platform.architecture, each] as const]
        : [],
    );
    return Object.fromEntries(entries.reverse());
  }
  if (!isDigest(manifest.config?.digest))
    throw new RequestError('invalid', 'the manifest has no image configuration');
  const { os, architecture } = parseJson<{ os?: string; architecture?: string }>(
    await readConfiguration(manifest.config.digest),
  );
  return os === 'linux' && architecture !== undefined ? { [architecture]: digest } : {};
}

/** Whether a value is a digest. */
export function isDigest(value: unknown): value is string {
  return typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value);
}

function parseJson<Value>(bytes: Uint8Array): Value {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof value === 'object' && value !== null) return value as Value;
  } catch {
    // Not JSON: the same answer as for JSON that is not a map.
  }
  throw new RequestError('invalid', 'the answer of the registry is not a JSON object');
}
