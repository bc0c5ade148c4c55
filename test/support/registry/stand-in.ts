import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from '../stand-ins/bad-days';
import { type ImageContent, indexOf, type RegistryContent } from './images';

export interface StandInOptions {
  /** How the registry asks for a login. @default it doesn't */
  readonly challenge?: 'basic' | 'bearer' | 'gitea';
  /** Whether an anonymous token may read. */
  readonly isPublic?: boolean;
}

export const login = { user: 'pinner', password: 'Lösung 7+/' };
const basic = `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;

/**
 * A registry on loopback that answers as the documents say:
 * - manifests and blobs, 404 with MANIFEST_UNKNOWN: https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 * - a token of another server: https://distribution.github.io/distribution/spec/auth/token/
 * - `Bearer` without service and scope, and `Basic`, in two headers: Gitea's routers/api/packages/container/container.go
 *   (ReqContainerAccess); its token server gives everybody a token
 */
export class StandInRegistry {
  readonly requests: string[] = [];
  /** Bad days: asked before each request is answered. */
  answer: Answer = () => undefined;
  private readonly kept = new Map<string, RegistryContent>();
  private readonly server: Server;

  constructor(private readonly options: StandInOptions = {}) {
    this.server = createServer((request, response) => this.serve(request, response));
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Puts an index of these images under a tag, and returns it. */
  push(name: string, tag: string, images: Readonly<Record<string, ImageContent>>): RegistryContent {
    const index = indexOf(images);
    this.keep(name, tag, index, ...Object.values(images));
    return index;
  }

  keep(name: string, tag: string, manifest: RegistryContent, ...images: ImageContent[]): void {
    const all = [manifest, ...images.flatMap((image) => Object.values(image) as RegistryContent[])];
    for (const each of all) this.kept.set(`${name}@${each.digest}`, each);
    this.kept.set(`${name}@${tag}`, manifest);
  }

  remove(name: string, reference: string): void {
    this.kept.delete(`${name}@${reference}`);
  }

  private serve(request: IncomingMessage, response: ServerResponse): unknown {
    const { method = '', url = '', headers } = request;
    this.requests.push(`${method} ${url}`);
    if (this.answer(request, response)) return undefined;
    if (url.startsWith('/v2/token')) {
      if (this.options.challenge === 'bearer' && !this.options.isPublic && headers.authorization !== basic)
        return json(response, 401, { errors: [{ code: 'UNAUTHORIZED' }] });
      return json(response, 200, { token: headers.authorization === basic ? 'of-pinner' : 'of-nobody' });
    }
    if (!this.allows(headers.authorization)) {
      response.setHeader('www-authenticate', this.challenges(url));
      return json(response, 401, { errors: [{ code: 'UNAUTHORIZED' }] });
    }
    const [, name, reference] = /^\/v2\/(.+)\/(?:manifests|blobs)\/([^/]+)$/.exec(url) ?? [];
    const found = this.kept.get(`${name}@${reference}`);
    if (found === undefined) return json(response, 404, { errors: [{ code: 'MANIFEST_UNKNOWN' }] });
    response.writeHead(200, {
      'content-type': found.type,
      'content-length': found.bytes.length,
      'docker-content-digest': found.digest,
    });
    return response.end(method === 'HEAD' ? undefined : found.bytes);
  }

  private allows(authorization: string | undefined): boolean {
    const { challenge, isPublic } = this.options;
    if (challenge === undefined) return true;
    if (challenge === 'basic') return authorization === basic;
    return (
      authorization === 'Bearer of-pinner' || (isPublic === true && authorization === 'Bearer of-nobody')
    );
  }

  private challenges(url: string): string[] {
    const realm = `Bearer realm="http://${this.host}/v2/token"`;
    const [, name] = /^\/v2\/(.+)\/(?:manifests|blobs)\//.exec(url) ?? [];
    if (this.options.challenge === 'basic') return ['Basic realm="Registry Realm"'];
    if (this.options.challenge === 'gitea') return [realm, 'Basic'];
    return [`${realm},service="registry.docker.io",scope="repository:${name}:pull"`];
  }
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
