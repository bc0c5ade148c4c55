import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from './bad-days';
import type { StandInZone } from './cloudflare-zone';

const modified = '2026-02-03T04:05:06.000000Z';

/**
 * Cloudflare's API on loopback, as far as its documentation describes what is read:
 * - zones, numbered pages: https://developers.cloudflare.com/api/resources/zones/methods/list/
 * - records, numbered pages: https://developers.cloudflare.com/api/resources/dns/subresources/records/methods/list/
 * - rulesets, cursors: https://developers.cloudflare.com/api/resources/rulesets/methods/list/
 * - bot management: https://developers.cloudflare.com/api/resources/bot_management/methods/get/
 * - the proxies' addresses: https://developers.cloudflare.com/api/resources/ips/methods/list/
 * - settings: https://developers.cloudflare.com/api/resources/zones/subresources/settings/methods/get/
 *
 * A malformed token gets 400 with 6003, and a wrong one 403 with 9109 or 401 with 1000, as issues of its clients show.
 */
export class StandInCloudflare {
  readonly requests: string[] = [];
  /** Bad days: asked before each request is answered. */
  answer: Answer = () => undefined;
  /** The addresses of the proxies. @default none */
  proxyRanges: { readonly ipv4_cidrs: readonly string[]; readonly ipv6_cidrs: readonly string[] } = {
    ipv4_cidrs: [],
    ipv6_cidrs: [],
  };
  /** The largest page that the stand-in sends. */
  largestPage = 100;
  private readonly server: Server;

  constructor(
    readonly zones: readonly StandInZone[],
    private readonly token: string,
  ) {
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

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/client/v4`;
  }

  private serve(request: IncomingMessage, response: ServerResponse): unknown {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const path = url.pathname.replace('/client/v4/', '');
    this.requests.push(`${request.method} ${path}${url.search}`);
    if (this.answer(request, response)) return;
    if (request.headers.authorization !== `Bearer ${this.token}`) return fail(response, 401, 1000);
    if (request.method !== 'GET') return fail(response, 405, 10405);
    const [collection, id, part, name] = path.split('/');
    if (collection === 'ips') return succeed(response, this.proxyRanges);
    if (collection !== 'zones') return fail(response, 404, 7003);
    if (id === undefined) return this.numbered(response, url, this.zonesNamed(url.searchParams.get('name')));
    const zone = this.zones.find((each) => each.id === id);
    if (zone === undefined) return fail(response, 404, 7003);
    if (part === 'dns_records') return this.numbered(response, url, zone.records.map(recordAnswer));
    if (part === 'settings') return settingAnswer(response, zone, name ?? '');
    if (part === 'bot_management') return succeed(response, { fight_mode: zone.fightMode ?? false });
    if (part !== 'rulesets') return fail(response, 404, 7003);
    if (name === undefined) return this.rulesets(response, url, zone);
    const ruleset = zone.rulesets.find((each) => each.id === name);
    return ruleset === undefined
      ? fail(response, 404, 10003)
      : succeed(response, { ...ruleset, version: '1', last_updated: modified });
  }

  private zonesNamed(name: string | null): object[] {
    return this.zones
      .filter((each) => name === null || each.name === name)
      .map((each) => ({
        ...{ id: each.id, name: each.name, status: 'active', type: 'full', paused: false },
        account: { id: each.account, name: `account ${each.account}` },
      }));
  }

  private numbered(response: ServerResponse, url: URL, all: readonly object[]): void {
    const page = Number(url.searchParams.get('page') ?? 1);
    const size = Math.min(this.largestPage, Number(url.searchParams.get('per_page') ?? 20));
    const result = all.slice((page - 1) * size, page * size);
    const pages = Math.ceil(all.length / size);
    const info = { page, per_page: size, count: result.length, total_count: all.length, total_pages: pages };
    succeed(response, result, info);
  }

  /** The list leaves the rules out. */
  private rulesets(response: ServerResponse, url: URL, { rulesets }: StandInZone): void {
    const first = Number(url.searchParams.get('cursor') ?? 0);
    const size = Math.min(this.largestPage, Number(url.searchParams.get('per_page') ?? 20));
    const result = rulesets
      .slice(first, first + size)
      .map(({ rules: _, ...shown }) => ({ ...shown, version: '1', last_updated: modified }));
    const after = first + size < rulesets.length ? String(first + size) : undefined;
    succeed(response, result, { count: result.length, per_page: size, ...(after && { cursors: { after } }) });
  }
}

function recordAnswer(record: StandInZone['records'][number]): object {
  const { proxied = false, ttl = 1 } = record;
  return {
    ...{ ...record, proxied, ttl, proxiable: true, settings: {}, meta: {}, comment: null, tags: [] },
    ...{ created_on: modified, modified_on: modified },
  };
}

function settingAnswer(response: ServerResponse, { settings }: StandInZone, id: string): unknown {
  if (!(id in settings)) return fail(response, 404, 1003);
  return succeed(response, { id, value: settings[id], editable: true, modified_on: modified });
}

function succeed(response: ServerResponse, result: unknown, info?: object): void {
  send(response, 200, {
    success: true,
    errors: [],
    messages: [],
    result,
    ...(info && { result_info: info }),
  });
}

export function fail(response: ServerResponse, status: number, code: number): void {
  send(response, status, {
    success: false,
    errors: [{ code, message: 'refused' }],
    messages: [],
    result: null,
  });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
