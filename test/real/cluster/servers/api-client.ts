import { Agent, request } from 'node:https';

/** An object as the API server holds it; which fields it has is its kind's to say. */
export interface ServedObject {
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
    readonly deletionGracePeriodSeconds?: number;
  };
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface Access {
  readonly port: number;
  readonly token: string;
  /** The certificate of the authority, as PEM. */
  readonly authority: string;
}

/** Speaks with an API server on loopback: single requests, and lists that stay up to date. */
export class ApiClient {
  private readonly agent: Agent;
  private readonly watches = new Set<() => void>();
  private isClosed = false;

  constructor(private readonly access: Access) {
    this.agent = new Agent({ keepAlive: true, ca: access.authority });
  }

  /** @param type the media type of the body; a patch names its kind */
  send(method: string, path: string, body?: unknown, type = 'application/json'): Promise<Answer> {
    const text = body === undefined ? '' : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const options = this.options(method, path, type);
      // Node states no length of what a DELETE sends.
      const headers = { ...options.headers, 'content-length': Buffer.byteLength(text) };
      const sent = request({ ...options, headers }, (response) => {
        let answer = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => {
          answer += chunk;
        });
        response.on('error', reject);
        response.on('end', () => {
          const isJson = answer.startsWith('{');
          resolve({ status: response.statusCode ?? 0, body: isJson ? JSON.parse(answer) : answer });
        });
      });
      sent.on('error', reject);
      sent.end(text);
    });
  }

  /** The objects at a path, kept up to date until `close`. */
  async list<Kind extends ServedObject>(
    path: string,
    changed: () => void = () => {},
  ): Promise<Map<string, Kind>> {
    const objects = new Map<string, Kind>();
    const read = async (): Promise<string> => {
      const { body } = await this.send('GET', path);
      const { items, metadata } = body as { items: Kind[]; metadata: { resourceVersion: string } };
      objects.clear();
      for (const item of items) objects.set(item.metadata.uid, item);
      changed();
      return metadata.resourceVersion;
    };
    this.follow(path, await read(), objects, changed, read);
    return objects;
  }

  close(): void {
    this.isClosed = true;
    for (const stop of this.watches) stop();
    this.watches.clear();
    this.agent.destroy();
  }

  private follow<Kind extends ServedObject>(
    path: string,
    version: string,
    objects: Map<string, Kind>,
    changed: () => void,
    read: () => Promise<string>,
  ): void {
    let isStopped = false;
    const sent = request(this.options('GET', `${path}?watch=1&resourceVersion=${version}`), (response) => {
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        const lines = `${rest}${chunk}`.split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          const { type, object } = JSON.parse(line) as { type: string; object: Kind };
          if (type === 'DELETED') objects.delete(object.metadata.uid);
          else if (type !== 'ERROR') objects.set(object.metadata.uid, object);
        }
        changed();
      });
      response.on('error', () => {});
      response.on('close', () => again());
    });
    sent.on('error', () => again());
    sent.end();
    const stop = () => {
      isStopped = true;
      sent.destroy();
    };
    this.watches.add(stop);
    // A watch ends by itself after some minutes; what happened meanwhile is read anew.
    let isEnded = false;
    const again = () => {
      if (isEnded || isStopped) return;
      isEnded = true;
      this.watches.delete(stop);
      this.readAgain(path, objects, changed, read);
    };
  }

  /** What a watch was started for is read until that succeeds: a list that no longer changes looks like a quiet cluster. */
  private readAgain<Kind extends ServedObject>(
    path: string,
    objects: Map<string, Kind>,
    changed: () => void,
    read: () => Promise<string>,
  ): void {
    if (this.isClosed) return;
    read()
      .then((next) => this.follow(path, next, objects, changed, read))
      .catch(() => setTimeout(() => this.readAgain(path, objects, changed, read), 500));
  }

  private options(method: string, path: string, type = 'application/json') {
    const { port, token } = this.access;
    const headers = { authorization: `Bearer ${token}`, 'content-type': type };
    return { host: '127.0.0.1', port, method, path, headers, agent: this.agent };
  }
}
