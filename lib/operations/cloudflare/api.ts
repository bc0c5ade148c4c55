import { ApiClient, type ApiService, type ApiSubject } from '../http/api-client';
import type { RetryOptions } from '../http/fetch-patiently';
import { RequestError } from '../http/request-error';
import type {
  CloudflareBotManagement,
  CloudflareProxyRanges,
  CloudflareRecord,
  CloudflareRuleset,
  CloudflareSetting,
  CloudflareZone,
} from './resources';

/** How the Cloudflare API is called. */
export interface CloudflareOptions extends RetryOptions {
  /** @default https://api.cloudflare.com/client/v4 */
  readonly endpoint?: string;
}

const service: ApiService = {
  endpoint: 'https://api.cloudflare.com/client/v4',
  tokenVariable: 'CLOUDFLARE_API_TOKEN',
  createToken:
    "create an API token for the zone in Cloudflare's dashboard, under My Profile, API Tokens; the global API key is not accepted",
  isTokenRefused: (status, body) =>
    status === 401 || (status === 400 && errorCodes(body).some((code) => malformedTokens.includes(code))),
};

/**
 * Error codes of a malformed token (`Invalid request headers`, `Invalid format for Authorization header`), which have
 * the status 400.
 */
const malformedTokens = [6003, 6111];

function errorCodes(body: unknown): number[] {
  const { errors } = (body ?? {}) as { readonly errors?: readonly { readonly code?: number }[] };
  return Array.isArray(errors) ? errors.flatMap(({ code }) => (typeof code === 'number' ? [code] : [])) : [];
}

/** The common fields of all answers: https://developers.cloudflare.com/fundamentals/api/how-to/make-api-calls/ */
interface CloudflareAnswer {
  readonly success?: boolean;
  readonly result?: unknown;
  readonly result_info?: {
    readonly page?: number;
    readonly total_pages?: number;
    readonly cursors?: { readonly after?: string };
  } | null;
}

/** Reads what the token has access to. Each list is requested once. */
export class CloudflareApi {
  private readonly client: ApiClient;
  private readonly answers = new Map<string, Promise<unknown>>();

  /** @throws RequestError if the token has characters that are not allowed in an HTTP header */
  constructor(token: string, { endpoint = service.endpoint, ...options }: CloudflareOptions = {}) {
    this.client = new ApiClient({ ...service, endpoint }, token, options);
  }

  /** The zones with a name: several accounts can each have one. The list is empty if the token can read no zone. */
  zones(name: string): Promise<readonly CloudflareZone[]> {
    const subject = { what: 'the zones', permission: 'Zone, Zone, Read' };
    return this.pages('zones', { name, per_page: '50' }, subject);
  }

  records(zone: string): Promise<readonly CloudflareRecord[]> {
    const subject = { what: 'the DNS records of the zone', permission: 'Zone, DNS, Read' };
    return this.pages(`zones/${zone}/dns_records`, { per_page: '100' }, subject);
  }

  /** The rulesets without their rules. */
  rulesets(zone: string): Promise<readonly CloudflareRuleset[]> {
    return this.pages(`zones/${zone}/rulesets`, { per_page: '50' }, rulesetSubject);
  }

  ruleset(zone: string, id: string): Promise<CloudflareRuleset> {
    return this.one(`zones/${zone}/rulesets/${id}`, rulesetSubject);
  }

  setting(zone: string, id: string): Promise<CloudflareSetting> {
    const subject = { what: `the setting ${id} of the zone`, permission: 'Zone, Zone Settings, Read' };
    return this.one(`zones/${zone}/settings/${id}`, subject);
  }

  botManagement(zone: string): Promise<CloudflareBotManagement> {
    const subject = { what: 'the bot management of the zone', permission: 'Zone, Bot Management, Read' };
    return this.one(`zones/${zone}/bot_management`, subject);
  }

  /** The addresses of Cloudflare's proxies, which are public. */
  proxyRanges(): Promise<CloudflareProxyRanges> {
    return this.one('ips', { what: "Cloudflare's address ranges", permission: 'Zone, Zone, Read' });
  }

  private one<Result>(path: string, subject: ApiSubject): Promise<Result> {
    return this.once(path, async () => (await this.ask(path, {}, subject)).result) as Promise<Result>;
  }

  /** Reads all pages of a list. The API has numbered pages or cursors. */
  private pages<Item>(
    path: string,
    query: Readonly<Record<string, string>>,
    subject: ApiSubject,
  ): Promise<readonly Item[]> {
    return this.once(`${path}?${new URLSearchParams(query)}`, async () => {
      const found: Item[] = [];
      for (let next: Readonly<Record<string, string>> | undefined = {}; next !== undefined; ) {
        const { result, result_info: info } = await this.ask(path, { ...query, ...next }, subject);
        if (!Array.isArray(result))
          throw new RequestError(
            'invalid',
            `the answer of Cloudflare's API for ${subject.what} is not a list; run the command again`,
          );
        found.push(...(result as readonly Item[]));
        next = following(info, next);
      }
      return found;
    }) as Promise<readonly Item[]>;
  }

  private async ask(
    path: string,
    query: Readonly<Record<string, string>>,
    subject: ApiSubject,
  ): Promise<CloudflareAnswer> {
    const answer = (await this.client.get(path, query, subject)) as CloudflareAnswer;
    if (answer.success !== true)
      throw new RequestError(
        'invalid',
        `Cloudflare's API reports an error for ${subject.what} (${errorCodes(answer).join(', ') || 'no code'})`,
      );
    return answer;
  }

  private once(key: string, read: () => Promise<unknown>): Promise<unknown> {
    const known = this.answers.get(key) ?? read();
    this.answers.set(key, known);
    return known;
  }
}

const rulesetSubject: ApiSubject = {
  what: 'the rulesets of the zone',
  permission: '"Zone, Zone WAF, Read" and "Zone, Cache Rules, Read"',
};

/** The query parameter for the next page; undefined after the last page. */
function following(
  info: CloudflareAnswer['result_info'],
  read: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> | undefined {
  const after = info?.cursors?.after;
  // Guards against an endless loop, if a page returns its own cursor.
  if (after !== undefined && after !== '' && after !== read['cursor']) return { cursor: after };
  const page = Number(read['page'] ?? '1');
  return page < (info?.total_pages ?? 1) ? { page: String(page + 1) } : undefined;
}
