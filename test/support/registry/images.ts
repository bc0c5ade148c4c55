import { createHash } from 'node:crypto';

/** Bytes that a registry keeps, under their digest. */
export interface RegistryContent {
  readonly digest: string;
  readonly type: string;
  readonly bytes: Buffer;
}

export function content(type: string, value: unknown): RegistryContent {
  const bytes = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  return { digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`, type, bytes };
}

/** The parts of an image for one architecture. Another `version` is another image. */
export interface ImageContent {
  readonly config: RegistryContent;
  readonly layer: RegistryContent;
  readonly manifest: RegistryContent;
}

const oci = 'application/vnd.oci.image';

/** An image with one layer, as https://github.com/opencontainers/image-spec/blob/main/manifest.md describes it. */
export function imageFor(architecture: string, version = '1'): ImageContent {
  const layer = content(`${oci}.layer.v1.tar`, `layer of ${architecture} ${version}`);
  const config = content(`${oci}.config.v1+json`, {
    architecture,
    os: 'linux',
    config: {},
    rootfs: { type: 'layers', diff_ids: [layer.digest] },
  });
  const manifest = content(`${oci}.manifest.v1+json`, {
    schemaVersion: 2,
    mediaType: `${oci}.manifest.v1+json`,
    config: descriptor(config),
    layers: [descriptor(layer)],
  });
  return { config, layer, manifest };
}

/** An index of images, by architecture; https://github.com/opencontainers/image-spec/blob/main/image-index.md */
export function indexOf(images: Readonly<Record<string, ImageContent>>): RegistryContent {
  return content(`${oci}.index.v1+json`, {
    schemaVersion: 2,
    mediaType: `${oci}.index.v1+json`,
    manifests: Object.entries(images).map(([architecture, { manifest }]) => ({
      ...descriptor(manifest),
      platform: { architecture, os: architecture === 'unknown' ? 'unknown' : 'linux' },
    })),
  });
}

function descriptor({ digest, type, bytes }: RegistryContent) {
  return { mediaType: type, digest, size: bytes.length };
}
