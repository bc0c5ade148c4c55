import { matchesPattern } from '../../documents/pattern';
import { allOf, anyOf, notOf, type Truth } from '../../documents/truth';
import { isClientIn, type WebRequest } from '../../documents/web-request';
import type { MatchTree } from './match-rule';

/** A request as Traefik receives it. */
export interface ReceivedRequest {
  readonly request: WebRequest;
  /** The addresses of the proxy, if a proxy connects to Traefik. @default the visitor connects directly */
  readonly proxies?: readonly string[] | undefined;
}

/**
 * The header in which Cloudflare sends the visitor's address. Cloudflare overwrites a header of this name that the
 * visitor sends.
 */
const visitorHeader = 'cf-connecting-ip';

/** Headers that every request has, with unknown values. */
const sentHeaders: readonly string[] = [
  ...['user-agent', 'accept', 'accept-encoding', 'accept-language', 'connection'],
  ...[
    'x-forwarded-for',
    'x-forwarded-proto',
    'x-forwarded-host',
    'x-real-ip',
    'cf-ray',
    'cf-visitor',
    'cdn-loop',
  ],
];

/**
 * Whether a route's match is true for a request. Undefined if the answer depends on an unknown value.
 *
 * @see https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/rules-and-priority/
 */
export function matchesRequest(tree: MatchTree, received: ReceivedRequest): Truth {
  switch (tree.kind) {
    case 'not':
      return notOf(matchesRequest(tree.of, received));
    case 'all':
      return allOf(tree.of.map((each) => matchesRequest(each, received)));
    case 'any':
      return anyOf(tree.of.map((each) => matchesRequest(each, received)));
    case 'matcher':
      return matchesOne(tree.name, tree.values, received);
  }
}

function matchesOne(name: string, values: readonly string[], received: ReceivedRequest): Truth {
  const { request } = received;
  const [first = '', second] = values;
  switch (name) {
    case 'host':
      return request.host === first.toLowerCase();
    case 'hostregexp':
      return matchesPattern(first, request.host, 'i');
    case 'path':
      return request.path === first;
    case 'pathprefix':
      return request.path.startsWith(first);
    case 'pathregexp':
      return matchesPattern(first, request.path);
    case 'method':
      return request.method === first.toUpperCase();
    case 'header':
      return hasHeader(received, first, (value) => value === second);
    case 'headerregexp':
      return hasHeader(received, first, (value) => matchesPattern(second ?? '', value));
    case 'query':
      return hasQuery(request, first, (value) => second === undefined || value === second);
    case 'queryregexp':
      return hasQuery(request, first, (value) => second === undefined || matchesPattern(second, value));
    case 'clientip':
      return isPeerIn(received, [first]);
    default:
      return undefined;
  }
}

/**
 * Whether the address that connects to Traefik is in one of the ranges. This is the visitor's address, or any address
 * of the proxy. Undefined if only some of the proxy's addresses are in the ranges.
 */
export function isPeerIn({ request, proxies }: ReceivedRequest, ranges: readonly string[]): Truth {
  if (proxies === undefined) return isClientIn(request, ranges);
  const inside = proxies.map((proxy) => isClientIn({ ...request, client: proxy }, ranges));
  if (inside.length === 0) return isClientIn(request, ranges) ? true : undefined;
  return inside.every((each) => each === inside[0]) ? inside[0] : undefined;
}

function hasHeader(
  { request, proxies }: ReceivedRequest,
  header: string,
  isValue: (value: string) => Truth,
): Truth {
  const name = header.toLowerCase();
  if (name === 'host') return isValue(request.host);
  if (name === visitorHeader && proxies !== undefined)
    return request.client === undefined ? false : isValue(request.client);
  return sentHeaders.includes(name) ? undefined : false;
}

function hasQuery({ query }: WebRequest, name: string, isValue: (value: string) => Truth): Truth {
  return anyOf(new URLSearchParams(query).getAll(name).map(isValue));
}
