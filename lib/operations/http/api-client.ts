import { readBody } from './body';
import { fetchPatiently, type RetryOptions } from './fetch-patiently';
import { isLoopback } from './loopback';
import { RequestError } from './request-error';

/** A JSON API that accepts a bearer token. */
export interface ApiService {
  /** The base URL without a trailing slash. It is HTTPS, or a server on loopback. */
  readonly endpoint: string;
  /** The environment variable that holds the token. */
  readonly tokenVariable: string;
  /** How to create a token, as an instruction that ends the message for a refused token. */
  readonly createToken: string;
  /** Whether an answer means that the token is invalid. @default the status is 401 */
  readonly isTokenRefused?: (status: number, body: unknown) => boolean;
}

/** What a request reads, for error messages. */
export interface ApiSubject {
  /** Such as `the servers`. */
  readonly what: string;
  /** The permission that the token needs, as the service's console names it. */
  readonly permission: string;
}

/** In bytes. Real answers of these APIs are much smaller. */
const largestAnswer = 16 * 1024 * 1024;

/** A read-only API client. It sends only GET, and sends the token only to the service's host. */
export class ApiClient {
  /**
   * @throws RequestError if the token has characters that are not allowed in an HTTP header; the message doesn't
   * contain the token
   */
  constructor(
    private readonly service: ApiService,
    private readonly token: string,
    private readonly options: RetryOptions = {},
  ) {
    const { protocol, hostname } = new URL(service.endpoint);
    if (protocol !== 'https:' && !isLoopback(hostname))
      throw new Error(`${service.endpoint} is no https:// address, so the token would cross the network`);
    if (!/^[\x21-\x7e]+$/.test(token))
      throw new RequestError(
        'unauthorized',
        `${service.tokenVariable} holds a space, a line break or another character that tokens don't have; set the variable to the token only`,
      );
  }

  /**
   * Sends a GET request, and returns the parsed JSON.
   *
   * @throws RequestError if the request fails
   */
  async get(path: string, query: Readonly<Record<string, string>>, subject: ApiSubject): Promise<unknown> {
    const parameters = new URLSearchParams(query).toString();
    const url = `${this.service.endpoint}/${path}${parameters === '' ? '' : `?${parameters}`}`;
    const headers = { accept: 'application/json', authorization: `Bearer ${this.token}` };
    // Redirects are not followed, because they would send the token to another host.
    const response = await fetchPatiently(url, { headers, redirect: 'manual' }, this.options);
    const bytes = await readBody(response, largestAnswer, subject.what);
    const body = parseJson(bytes);
    if (!response.ok) throw this.refused(response.status, body, subject);
    if (body === undefined)
      throw new RequestError(
        'invalid',
        `${this.host} sent an answer that is not JSON for ${subject.what}; run the command again`,
      );
    return body;
  }

  private get host(): string {
    return new URL(this.service.endpoint).host;
  }

  private refused(status: number, body: unknown, { what, permission }: ApiSubject): RequestError {
    const { tokenVariable, createToken, isTokenRefused = isUnauthorized } = this.service;
    if (isTokenRefused(status, body))
      return new RequestError(
        'unauthorized',
        `${this.host} refuses the token in ${tokenVariable} (${status}); ${createToken}`,
      );
    switch (status) {
      case 403:
        return new RequestError(
          'unauthorized',
          `${this.host} does not let the token in ${tokenVariable} read ${what} (403); give the token the permission ${permission}`,
        );
      case 404:
        return new RequestError('missing', `${this.host} has not ${what} (404)`);
      case 429:
        return new RequestError(
          'throttled',
          `${this.host} reports too many requests (429); run the command again later`,
        );
      default:
        return status >= 500
          ? new RequestError(
              'unreachable',
              `${this.host} answers with an error (${status}); run the command again later`,
            )
          : new RequestError('invalid', `${this.host} answers ${status} to a request for ${what}`);
    }
  }
}

function isUnauthorized(status: number): boolean {
  return status === 401;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
