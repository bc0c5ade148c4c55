import { ApiClient, type ApiService } from '../http/api-client';
import type { RetryOptions } from '../http/fetch-patiently';
import { RequestError } from '../http/request-error';
import type { HetznerCollections } from './resources';

/** How the Hetzner API is called. */
export interface HetznerOptions extends RetryOptions {
  /** @default https://api.hetzner.cloud/v1 */
  readonly endpoint?: string;
}

const service: ApiService = {
  endpoint: 'https://api.hetzner.cloud/v1',
  tokenVariable: 'HCLOUD_TOKEN',
  createToken: "create one with Read permission in the project's Hetzner Console, under Security, API tokens",
};

/** The maximum page size of the API: https://docs.hetzner.cloud/reference/cloud#pagination */
const pageSize = '50';

interface HetznerPage {
  readonly meta?: { readonly pagination?: { readonly next_page: number | null } };
}

/** Reads the resources of the Hetzner project that the token belongs to. Each collection is requested once. */
export class HetznerProject {
  private readonly client: ApiClient;
  private readonly collections = new Map<string, Promise<readonly unknown[]>>();

  /** @throws RequestError if the token has characters that are not allowed in an HTTP header */
  constructor(token: string, { endpoint = service.endpoint, ...options }: HetznerOptions = {}) {
    this.client = new ApiClient({ ...service, endpoint }, token, options);
  }

  /**
   * All resources of a collection.
   *
   * @throws RequestError
   */
  list<Name extends keyof HetznerCollections & string>(
    name: Name,
  ): Promise<readonly HetznerCollections[Name][]> {
    const known = this.collections.get(name) ?? this.read(name);
    this.collections.set(name, known);
    return known as Promise<readonly HetznerCollections[Name][]>;
  }

  private async read(name: string): Promise<readonly unknown[]> {
    const subject = { what: `the ${name.replaceAll('_', ' ')} of the project`, permission: 'Read' };
    const found: unknown[] = [];
    for (let page: number | null = 1; page !== null; ) {
      const body = (await this.client.get(name, { page: String(page), per_page: pageSize }, subject)) as {
        readonly [collection: string]: unknown;
      };
      const resources = body[name];
      if (!Array.isArray(resources))
        throw new RequestError(
          'invalid',
          `the answer of Hetzner's API has no field ${name}; run the command again`,
        );
      found.push(...(resources as readonly unknown[]));
      const next: number | null = (body as HetznerPage).meta?.pagination?.next_page ?? null;
      // Guards against an endless loop, if a page gives itself as the next page.
      page = next !== null && next > page ? next : null;
    }
    return found;
  }
}
