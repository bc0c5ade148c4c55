import type {
  LiveContainerStatus,
  LiveEvent,
  LivePod,
  LiveWorkload,
} from '../../../../lib/operations/deploy/live-pod';
import type { ApiClient, ServedObject } from '../servers/api-client';

type Served<Kind> = Kind & ServedObject;

interface MarkedTemplate {
  readonly containers?: readonly {
    readonly env?: readonly { readonly name?: string; readonly value?: string }[];
  }[];
}

/** Follows the API server on its own, and keeps when it first knew why pods with a mark don't run. */
export class CauseWatch {
  private mark = '';
  private known: number | undefined;

  private constructor(
    private pods: ReadonlyMap<string, Served<LivePod>> = new Map(),
    private replicaSets: ReadonlyMap<string, Served<LiveWorkload>> = new Map(),
    private events: ReadonlyMap<string, Served<LiveEvent>> = new Map(),
  ) {}

  static async start(api: ApiClient, namespace: string): Promise<CauseWatch> {
    const watch = new CauseWatch();
    const look = () => watch.look();
    watch.pods = await api.list(`/api/v1/namespaces/${namespace}/pods`, look);
    watch.replicaSets = await api.list(`/apis/apps/v1/namespaces/${namespace}/replicasets`, look);
    watch.events = await api.list(`/api/v1/namespaces/${namespace}/events`, look);
    return watch;
  }

  /** Begins anew, for the pods whose variable MARK has a value. */
  begin(mark: string): void {
    this.mark = mark;
    this.known = undefined;
  }

  /** The moment in milliseconds; undefined while the API server knows no cause. */
  get knownAt(): number | undefined {
    return this.known;
  }

  private look(): void {
    if (this.known === undefined && (this.refusesPods() || this.hasFailedPod())) this.known = Date.now();
  }

  private refusesPods(): boolean {
    return [...this.replicaSets.values()].some(
      ({ spec, status }) =>
        this.isMarked((spec['template'] as { spec?: MarkedTemplate } | undefined)?.spec) &&
        status?.conditions?.some(({ type, status: is }) => type === 'ReplicaFailure' && is === 'True'),
    );
  }

  private hasFailedPod(): boolean {
    const marked = [...this.pods.values()].filter(({ spec }) => this.isMarked(spec as MarkedTemplate));
    return marked.some(
      ({ status, metadata }) =>
        status?.conditions?.some(({ type, status: is }) => type === 'PodScheduled' && is === 'False') ||
        status?.containerStatuses?.some(hasTrouble) ||
        [...this.events.values()].some(
          ({ involvedObject, reason }) => involvedObject.uid === metadata.uid && reason === 'Killing',
        ),
    );
  }

  private isMarked(template: MarkedTemplate | undefined): boolean {
    const env = template?.containers?.[0]?.env ?? [];
    return this.mark !== '' && env.some(({ name, value }) => name === 'MARK' && value === this.mark);
  }
}

/** A container that waits for more than its creation, or that has ended. */
function hasTrouble({ state, lastState }: LiveContainerStatus): boolean {
  const { waiting, terminated } = state ?? {};
  const isNormal = waiting === undefined || waiting.reason === 'ContainerCreating';
  return !isNormal || terminated !== undefined || lastState?.terminated !== undefined;
}
