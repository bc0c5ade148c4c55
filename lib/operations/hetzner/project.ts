import { ApiClient, type ApiService } from '../http/api-client';
import type { RetryOptions } from '../http/fetch-patiently';
import { RequestError } from '../http/request-error';
import type { HetznerCollections } from './resources';

/** How Hetzner's API is reached. */
export interface HetznerOptions extends RetryOptions {
  /** @default https://api.hetzner.cloud/v1 */
  readonly endpoint?: string;
}

const service: ApiService = {
  endpoint: 'https://api.hetzner.cloud/v1',
  tokenVariable: 'HCLOUD_TOKEN',
  createToken: "create one with Read permission in the project's Hetzner Console, under Security, API tokens",
};

/** The API's largest page; https://docs.hetzner.cloud/reference/cloud#pagination */
const pageSize = '50';

interface HetznerPage {
  readonly meta?: { readonly pagination?: { readonly next_page: number | null } };
}

/** One project at Hetzner, which its token decides. Each collection is asked for once. */
export class HetznerProject {
  private readonly client: ApiClient;
  private readonly collections = new Map<string, Promise<readonly unknown[]>>();

  /** @throws RequestError for a token that no header can hold */
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
          `the answer of Hetzner's API has no ${name}; run the command again`,
        );
      found.push(...(resources as readonly unknown[]));
      const next: number | null = (body as HetznerPage).meta?.pagination?.next_page ?? null;
      // A page that names itself as the next one would be read for ever.
      page = next !== null && next > page ? next : null;
    }
    return found;
  }
}
