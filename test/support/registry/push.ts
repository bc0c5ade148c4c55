import { type ImageContent, indexOf, type RegistryContent } from './images';

/** A registry to push to, as an address without a path, and the `Authorization` header that it takes. */
export interface PushTarget {
  readonly origin: string;
  readonly authorization?: string;
}

/** Pushes images and an index of them, as https://github.com/opencontainers/distribution-spec/blob/main/spec.md#push says. */
export async function pushIndex(
  target: PushTarget,
  name: string,
  tag: string,
  images: Readonly<Record<string, ImageContent>>,
): Promise<RegistryContent> {
  for (const image of Object.values(images)) await pushImage(target, name, image.manifest.digest, image);
  const index = indexOf(images);
  await pushManifest(target, name, tag, index);
  return index;
}

export async function pushImage(
  target: PushTarget,
  name: string,
  reference: string,
  { config, layer, manifest }: ImageContent,
): Promise<void> {
  for (const blob of [config, layer]) await pushBlob(target, name, blob);
  await pushManifest(target, name, reference, manifest);
}

async function pushBlob(target: PushTarget, name: string, { digest, bytes }: RegistryContent): Promise<void> {
  const started = await send(target, 'POST', new URL(`/v2/${name}/blobs/uploads/`, target.origin));
  const upload = new URL(started.headers.get('location') ?? '', target.origin);
  upload.searchParams.set('digest', digest);
  await send(target, 'PUT', upload, { type: 'application/octet-stream', bytes });
}

async function pushManifest(target: PushTarget, name: string, reference: string, manifest: RegistryContent) {
  await send(target, 'PUT', new URL(`/v2/${name}/manifests/${reference}`, target.origin), manifest);
}

async function send(
  { authorization }: PushTarget,
  method: string,
  url: URL,
  body?: Pick<RegistryContent, 'type' | 'bytes'>,
): Promise<Response> {
  const headers = {
    ...(authorization !== undefined && { authorization }),
    ...(body && { 'content-type': body.type }),
  };
  const response = await fetch(url, { method, headers, ...(body && { body: new Uint8Array(body.bytes) }) });
  if (!response.ok) throw new Error(`${method} ${url.pathname}: ${response.status} ${await response.text()}`);
  return response;
}
