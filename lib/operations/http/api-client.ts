import { readBody } from './body';
import { fetchPatiently, type RetryOptions } from './fetch-patiently';
import { isLoopback } from './loopback';
import { RequestError } from './request-error';

/** An API that takes a bearer token and answers with JSON. */
export interface ApiService {
  /** Its address, without a slash at the end: HTTPS, or a server on loopback. */
  readonly endpoint: string;
  /** The environment variable that holds the token. */
  readonly tokenVariable: string;
  /** Where a token is created, as an order; ends the message for a token that is refused. */
  readonly createToken: string;
  /** Whether an answer means that the token is refused. @default the status 401 */
  readonly isTokenRefused?: (status: number, body: unknown) => boolean;
}

/** What a request reads, for messages. */
export interface ApiSubject {
  /** Such as `the servers`. */
  readonly what: string;
  /** The permission that the token needs, as the service's console names it. */
  readonly permission: string;
}

/** No answer of these APIs comes near it. */
const largestAnswer = 16 * 1024 * 1024;

/** Reads from an API. It sends no other method than GET, and the token to no other host than the service's. */
export class ApiClient {
  /**
   * @throws RequestError for a token that no header can hold; the message doesn't contain it
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
        `${service.tokenVariable} holds a space, a line break or another character that no token has; set it to the token alone`,
      );
  }

  /**
   * The answer to a request.
   *
   * @throws RequestError for every other answer than one that succeeds
   */
  async get(path: string, query: Readonly<Record<string, string>>, subject: ApiSubject): Promise<unknown> {
    const parameters = new URLSearchParams(query).toString();
    const url = `${this.service.endpoint}/${path}${parameters === '' ? '' : `?${parameters}`}`;
    const headers = { accept: 'application/json', authorization: `Bearer ${this.token}` };
    // A redirect would send the token to another place.
    const response = await fetchPatiently(url, { headers, redirect: 'manual' }, this.options);
    const bytes = await readBody(response, largestAnswer, subject.what);
    const body = parseJson(bytes);
    if (!response.ok) throw this.refused(response.status, body, subject);
    if (body === undefined)
      throw new RequestError(
        'invalid',
        `${this.host} sent no JSON for ${subject.what}; run the command again`,
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
          `${this.host} does not let the token in ${tokenVariable} read ${what} (403); give it the permission ${permission}`,
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
