import { createHash } from 'node:crypto';
import { readBody } from '../http/body';
import { fetchPatiently, type RetryOptions } from '../http/fetch-patiently';
import { RequestError } from '../http/request-error';
import { authorize } from './authorization';
import { findCredentials, type RegistryCredentials } from './credentials';
import { type ImageManifests, isDigest, manifestTypes, readImageManifests } from './manifest';
import { type RegistryRepository, registryRepository } from './repository';

/** How registries are queried: timeouts and retries. */
export interface RegistryOptions extends RetryOptions {
  /** @default those of ~/.docker/config.json */
  readonly credentials?: (key: string) => Promise<RegistryCredentials | undefined>;
}

/**
 * The manifest size that registries must at least accept:
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
const largestManifest = 4 * 1024 * 1024;

/** A client for one repository of a registry (OCI distribution API). It only reads. */
export class Registry {
  private readonly repository: RegistryRepository;
  private readonly options: RegistryOptions;
  /** The Authorization header that the registry accepted last. */
  private authorization: string | undefined;

  constructor(repository: string, options: RegistryOptions = {}) {
    this.options = { againstLimits: 'log in for a higher limit', ...options };
    this.repository = registryRepository(repository);
  }

  /**
   * The digest that a tag refers to.
   *
   * @throws RequestError
   */
  async resolve(tag: string): Promise<string> {
    const head = await this.ask('HEAD', `manifests/${tag}`, manifestTypes);
    const digest = head.headers.get('docker-content-digest');
    if (head.ok && isDigest(digest)) return digest;
    if (head.status === 404) throw this.missing(tag);
    // Some registries answer HEAD with an error, or without a digest. HEAD comes first, because Docker Hub counts only
    // GET as a pull.
    const { bytes } = await this.download(`manifests/${tag}`, tag);
    return digestOf(bytes);
  }

  /** Whether a digest still exists: registries may delete digests that no tag refers to. */
  async holds(digest: string): Promise<boolean> {
    const { status } = await this.ask('HEAD', `manifests/${digest}`, manifestTypes);
    return status !== 404;
  }

  /**
   * The manifests of a digest, by architecture.
   *
   * @throws RequestError
   */
  async manifests(digest: string): Promise<ImageManifests> {
    const { bytes, type } = await this.download(`manifests/${digest}`, digest);
    this.verify(bytes, digest);
    return readImageManifests(digest, bytes, type, async (config) => {
      const blob = await this.download(`blobs/${config}`, config);
      this.verify(blob.bytes, config);
      return blob.bytes;
    });
  }

  private verify(bytes: Uint8Array, digest: string): void {
    if (digestOf(bytes) !== digest)
      throw new RequestError(
        'invalid',
        `${this.host} sent content that does not match the digest ${digest}; run the command again`,
      );
  }

  private async download(path: string, what: string): Promise<{ bytes: Uint8Array; type: string }> {
    const response = await this.ask('GET', path, manifestTypes);
    if (response.status === 404) throw this.missing(what);
    const bytes = await readBody(response, largestManifest, 'a manifest');
    return { bytes, type: response.headers.get('content-type') ?? '' };
  }

  /** Sends a request. If the registry asks for credentials, the request is repeated with them. */
  private async ask(method: 'HEAD' | 'GET', path: string, accept: readonly string[]): Promise<Response> {
    const { origin, name } = this.repository;
    const send = () =>
      fetchPatiently(
        `${origin}/v2/${name}/${path}`,
        {
          method,
          headers: {
            accept: accept.join(', '),
            ...(this.authorization !== undefined && { authorization: this.authorization }),
          },
        },
        this.options,
      );
    let response = await send();
    if (response.status === 401) {
      const { credentials = findCredentials } = this.options;
      const found = await credentials(this.repository.credentialsKey);
      const header = response.headers.get('www-authenticate') ?? '';
      await response.body?.cancel();
      this.authorization = await authorize(this.repository, header, found, this.options);
      if (this.authorization === undefined) throw this.unauthorized(found !== undefined);
      response = await send();
      if (response.status === 401) throw this.unauthorized(found !== undefined);
    }
    // A HEAD that fails is not an error yet: GET may succeed.
    if (response.status === 429 || (method === 'GET' && !response.ok && response.status !== 404))
      throw this.refused(response.status);
    return response;
  }

  private get host(): string {
    return new URL(this.repository.origin).host;
  }

  private missing(what: string): RequestError {
    return new RequestError('missing', `${this.host} has no ${what} of ${this.repository.name}`);
  }

  private unauthorized(hasCredentials: boolean): RequestError {
    const { credentialsKey, name } = this.repository;
    return new RequestError(
      'unauthorized',
      hasCredentials
        ? `${this.host} does not let this login read ${name} (401); log in as a user with read permission: docker login ${credentialsKey}`
        : `${this.host} asks for a login to read ${name} (401); run: docker login ${credentialsKey}`,
    );
  }

  private refused(status: number): RequestError {
    const { name } = this.repository;
    if (status === 403)
      return new RequestError(
        'unauthorized',
        `${this.host} does not let this login read ${name} (403); log in as a user with read permission`,
      );
    if (status === 429)
      return new RequestError(
        'throttled',
        `${this.host} reports too many requests (429); run the command again later`,
      );
    return new RequestError(
      'unreachable',
      `${this.host} answers with an error (${status}); run the command again later`,
    );
  }
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
