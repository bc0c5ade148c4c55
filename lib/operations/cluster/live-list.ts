import type { ClusterClient } from './client';

export interface ListedObject {
  readonly metadata: { readonly uid: string; readonly name: string; readonly namespace?: string };
}

interface ApiList<Kind> {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly Kind[];
}

interface WatchEvent<Kind> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: Kind;
}

/** The pause before a list is read again after a lost connection, in milliseconds. */
const pause = 500;

/** The objects at a path, kept up to date by a watch until `close` is called. */
export class LiveList<Kind extends ListedObject> {
  readonly objects = new Map<string, Kind>();
  private stop: () => void = () => undefined;
  private isClosed = false;

  private constructor(
    private readonly client: ClusterClient,
    private readonly path: string,
    private readonly changed: () => void,
  ) {}

  /** @throws ClusterError if the list can't be read */
  static async open<Kind extends ListedObject>(
    client: ClusterClient,
    path: string,
    changed: () => void = () => undefined,
  ): Promise<LiveList<Kind>> {
    const list = new LiveList<Kind>(client, path, changed);
    await list.read();
    return list;
  }

  close(): void {
    this.isClosed = true;
    this.stop();
  }

  private async read(): Promise<void> {
    const { items, metadata } = await this.client.write<ApiList<Kind>>('GET', this.path);
    this.objects.clear();
    for (const item of items) this.objects.set(item.metadata.uid, item);
    if (this.isClosed) return;
    const mark = this.path.includes('?') ? '&' : '?';
    const path = `${this.path}${mark}watch=1&resourceVersion=${metadata.resourceVersion}`;
    this.stop = this.client.follow(
      path,
      (line) => this.take(line),
      () => this.again(),
    );
    this.changed();
  }

  private take(line: string): void {
    if (line === '') return;
    const { type, object } = JSON.parse(line) as WatchEvent<Kind>;
    if (type === 'DELETED') this.objects.delete(object.metadata.uid);
    else if (type === 'ADDED' || type === 'MODIFIED') this.objects.set(object.metadata.uid, object);
    this.changed();
  }

  /** The API server ends each watch after some minutes; a lost connection also ends a watch. */
  private again(): void {
    if (this.isClosed) return;
    this.read().catch(() => setTimeout(() => this.again(), pause));
  }
}
