import { contains, isWorldwide } from './cidr';

/** An HTTP request without a body. It has only the headers that every client sends. */
export interface WebRequest {
  readonly scheme: 'http' | 'https';
  /** In lower case. */
  readonly host: string;
  readonly port: number;
  /** Begins with `/`. */
  readonly path: string;
  /** The query string without the question mark. Empty if there is none. */
  readonly query: string;
  /** In upper case. */
  readonly method: string;
  /** The address of the visitor. @default an address that no rule, router or middleware names */
  readonly client?: string | undefined;
}

/** The parts of a request that a URL does not contain. */
export interface WebRequestOptions {
  /** @default GET */
  readonly method?: string | undefined;
  /** @default an address that no rule, router or middleware names */
  readonly client?: string | undefined;
}

/** The request that a URL describes. Undefined if the string is not an HTTP URL. */
export function readWebRequest(
  text: string,
  { method = 'GET', client }: WebRequestOptions = {},
): WebRequest | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const scheme = url.protocol.slice(0, -1);
  if (scheme !== 'http' && scheme !== 'https') return undefined;
  return {
    scheme,
    host: url.hostname,
    port: url.port === '' ? { http: 80, https: 443 }[scheme] : Number(url.port),
    path: url.pathname,
    query: url.search.slice(1),
    method: method.toUpperCase(),
    client,
  };
}

/** The URL of a request, such as `https://app.example.com/login`. */
export function describeRequest({ scheme, host, port, path, query }: WebRequest): string {
  const isDefault = port === { http: 80, https: 443 }[scheme];
  return `${scheme}://${host}${isDefault ? '' : `:${port}`}${path}${query === '' ? '' : `?${query}`}`;
}

/**
 * Whether the visitor's address is in one of the ranges. If the address is unknown, true only if the ranges contain
 * every address.
 */
export function isClientIn({ client }: WebRequest, ranges: readonly string[]): boolean {
  if (client === undefined) return ranges.some(isWorldwide);
  return ranges.some((range) => contains(range, client));
}
