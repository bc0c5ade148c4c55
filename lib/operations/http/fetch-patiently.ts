import { setTimeout as wait } from 'node:timers/promises';
import { interruption } from '../interrupt';
import { RequestError } from './request-error';

/** How requests are retried. */
export interface RetryOptions {
  /** Waits between attempts. Tests replace it. @default a timer */
  readonly sleep?: (milliseconds: number) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
  /** The longest Retry-After that is waited for, in seconds; a longer one is an error. @default 60 */
  readonly longestWait?: number;
  /**
   * Another remedy for the server's rate limit. The message is `…; run the command again after that, or <remedy>`.
   * @default none
   */
  readonly againstLimits?: string;
}

/** The maximum number of attempts for a request. */
const attempts = 4;

/**
 * Sends a request, and retries after a lost connection, 429 and 5xx. The pause is the server's Retry-After, or
 * else 1,
 * 2 and 4 seconds.
 *
 * @returns the last response, whatever its status
 * @throws RequestError if the connection fails in every attempt, or if the server's Retry-After is too long
 */
export async function fetchPatiently(
  url: string,
  init: RequestInit,
  { sleep, signal, longestWait = 60, againstLimits }: RetryOptions,
): Promise<Response> {
  const pause =
    sleep ?? ((milliseconds: number) => wait(milliseconds, undefined, { ...(signal && { signal }) }));
  const host = new URL(url).host;
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt === attempts;
    let response: Response | undefined;
    try {
      response = await fetch(url, { ...init, signal: requestSignal(signal) });
    } catch (error) {
      if (signal?.aborted) throw interruption(`${host} was asked`);
      if (isLast) throw new RequestError('unreachable', `${host} can't be reached: ${reasonOf(error)}`);
    }
    if (response !== undefined && (isLast || !isTransient(response.status))) return response;
    const asked = response && retryAfter(response);
    await response?.body?.cancel();
    if (asked !== undefined && asked > longestWait)
      throw new RequestError(
        'throttled',
        `${host} answered ${response?.status} and asks to wait ${Math.ceil(asked)} s; run the command again after that${againstLimits === undefined ? '' : `, or ${againstLimits}`}`,
      );
    try {
      await pause((asked ?? 2 ** (attempt - 1)) * 1000);
    } catch {
      throw interruption(`${host} was waited for`);
    }
  }
}

/** Thirty seconds without an answer count as a lost connection. */
function requestSignal(signal: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(30_000);
  return signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
}

function isTransient(status: number): boolean {
  return status === 429 || [500, 502, 503, 504].includes(status);
}

/** The Retry-After header in seconds: the server sends seconds or a date (RFC 9110, 10.2.3). */
function retryAfter({ headers }: Response): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const date = /^[A-Z][a-z]{2},? /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}

/** The error code behind a failed `fetch`, such as ECONNREFUSED. */
function reasonOf(error: unknown): string {
  const { cause, name } = error as { cause?: { code?: string; message?: string }; name: string };
  return cause?.code ?? (name === 'TimeoutError' ? 'no answer in 30 s' : (cause?.message ?? name));
}
