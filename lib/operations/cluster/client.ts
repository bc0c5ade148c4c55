import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { ClusterError, type StatusCause } from './cluster-error';

export interface ApiAnswer {
  readonly code: number;
  /** Parsed if it is JSON, otherwise a string. */
  readonly body: unknown;
}

/** The media types of patches. */
export const patchTypes = {
  apply: 'application/apply-patch+yaml',
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
} as const;

/** Media types for answers other than the full objects. */
export const forms = {
  /** The metadata of listed objects, without their contents. */
  metadata: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
  /** All resources of all groups at once. */
  discovery: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
} as const;

/** An HTTP client for the API server, through the socket of `kubectl proxy`. */
export class ClusterClient {
  constructor(private readonly socket: string) {}

  /** @throws ClusterError if there is no answer */
  send(
    method: string,
    path: string,
    body?: unknown,
    type = 'application/json',
    accept = 'application/json',
  ): Promise<ApiAnswer> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': type, accept };
      const sent = this.open(method, path, headers, (response) => {
        let text = '';
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('error', (error) => reject(unreachable(error)));
        response.on('end', () => resolve({ code: response.statusCode ?? 0, body: parsed(text) }));
      });
      sent.on('error', (error) => reject(unreachable(error)));
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /**
   * Reads an object or a list; undefined if it does not exist.
   *
   * @throws ClusterError for any other error
   */
  async get<Kind>(path: string): Promise<Kind | undefined> {
    const answer = await this.send('GET', path);
    if (answer.code === 404) return undefined;
    return accepted<Kind>('GET', path, answer);
  }

  /**
   * Reads a path in a form other than the full objects.
   *
   * @param form a media type of `forms`
   * @throws ClusterError if the request fails
   */
  async read<Kind>(path: string, form: string): Promise<Kind> {
    return accepted<Kind>('GET', path, await this.send('GET', path, undefined, undefined, form));
  }

  /** @throws ClusterError if the request fails */
  async write<Kind>(method: string, path: string, body?: unknown, type?: string): Promise<Kind> {
    return accepted<Kind>(method, path, await this.send(method, path, body, type));
  }

  /**
   * Reads a long-lived answer line by line, such as a watch.
   *
   * @returns a function that stops reading
   */
  follow(path: string, line: (text: string) => void, ended: () => void): () => void {
    let isStopped = false;
    const end = () => {
      if (isStopped) return;
      isStopped = true;
      ended();
    };
    const sent = this.open('GET', path, {}, (response) => {
      let rest = '';
      response.on('data', (chunk: string) => {
        const lines = `${rest}${chunk}`.split('\n');
        rest = lines.pop() ?? '';
        if (!isStopped) lines.forEach(line);
      });
      response.on('error', end);
      response.on('close', end);
    });
    sent.on('error', end);
    sent.end();
    return () => {
      isStopped = true;
      sent.destroy();
    };
  }

  private open(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    answered: (response: IncomingMessage) => void,
  ): ClientRequest {
    const options = { socketPath: this.socket, method, path, headers: { ...headers, host: 'localhost' } };
    return request(options, (response) => {
      response.setEncoding('utf8');
      answered(response);
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The Status object in the answer to a request that failed. */
interface ApiStatus {
  readonly message?: string;
  readonly reason?: string;
  readonly details?: { readonly causes?: readonly StatusCause[] };
}

/** The error for a request that failed. */
export function refusal(method: string, path: string, { code, body }: ApiAnswer): ClusterError {
  const { message, reason, details }: ApiStatus = typeof body === 'object' && body !== null ? body : {};
  const words = message ?? (typeof body === 'string' ? body.trim() : '');
  return new ClusterError(
    words === '' ? `The API server answers ${code} to ${method} ${path}.` : words,
    code,
    reason,
    details?.causes,
  );
}

function accepted<Kind>(method: string, path: string, answer: ApiAnswer): Kind {
  if (answer.code >= 200 && answer.code < 300) return answer.body as Kind;
  throw refusal(method, path, answer);
}

function unreachable({ message }: Error): ClusterError {
  return new ClusterError(`The connection to the API server was lost: ${message}.`);
}
