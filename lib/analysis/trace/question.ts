import { addressBits } from '../../documents/cidr';
import { readWebRequest, type WebRequest, type WebRequestOptions } from '../../documents/web-request';
import type { Protocol } from '../flows/ports';

/** A URL that a visitor requests. */
export interface UrlQuestion {
  readonly kind: 'url';
  readonly request: WebRequest;
}

/** A connection from a workload or an address. */
export interface ConnectionQuestion {
  readonly kind: 'connection';
  /** A workload as `web` or `shop/web`, or an address. */
  readonly from: string;
  /** A Service, a workload, an external service, a host name or an address. */
  readonly to: string;
  /** @default the only port of the target */
  readonly port: number | undefined;
  readonly protocol: Protocol;
}

export type TraceQuestion = UrlQuestion | ConnectionQuestion;

/** Thrown for a request that can't be traced, because it contains an unknown name or a syntax error. */
export class UntraceableError extends Error {}

/**
 * Parses the words of a request: a URL, or two ends.
 *
 * @throws UntraceableError with what is wrong and what is allowed
 */
export function readQuestion(words: readonly string[], options: WebRequestOptions = {}): TraceQuestion {
  const [first = '', second, ...more] = words;
  if (more.length > 0 || first === '')
    throw new UntraceableError(`Give a URL, or the two ends of a connection: ${examples}.`);
  const { client } = options;
  if (client !== undefined && addressBits(client) === undefined)
    throw new UntraceableError(`The client ${JSON.stringify(client)} is not an address, such as 192.0.2.1.`);
  if (second === undefined) {
    const request = readWebRequest(first, options);
    if (request === undefined)
      throw new UntraceableError(
        `${JSON.stringify(first)} is not a URL: write https://${first.includes('.') ? first : 'app.example.com/'}, or name two ends: ${examples}.`,
      );
    return { kind: 'url', request };
  }
  if (options.method !== undefined || client !== undefined)
    throw new UntraceableError(
      '--method and --client are only for a URL: remove them for a connection between two ends.',
    );
  return { kind: 'connection', from: first, ...readTarget(second) };
}

const examples = '`https://app.example.com/`, or `web redis:6379`';

function readTarget(text: string): Omit<ConnectionQuestion, 'kind' | 'from'> {
  const [, body = '', , protocol = 'tcp'] = /^(.*?)(\/(tcp|udp|sctp))?$/i.exec(text) ?? [];
  const [, bracketed, bare, port] =
    /^(?:\[([^\]]+)\]|([^:]*|[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*))(?::(\d+))?$/i.exec(body) ?? [];
  const to = bracketed ?? bare ?? '';
  const number = port === undefined ? undefined : Number(port);
  if (to === '' || (number !== undefined && (number < 1 || number > 65_535)))
    throw new UntraceableError(
      `${JSON.stringify(text)} is not a valid target: write a name or an address with a port from 1 to 65535, such as redis:6379 or 1.1.1.1:443.`,
    );
  return { to, port: number, protocol: protocol.toUpperCase() as Protocol };
}

/** Describes a request: the URL, or `web -> redis:6379`. */
export function describeTarget({ to, port, protocol }: ConnectionQuestion): string {
  const host = to.includes(':') ? `[${to}]` : to;
  return `${host}${port === undefined ? '' : `:${port}`}${protocol === 'TCP' ? '' : `/${protocol.toLowerCase()}`}`;
}
