import type { Container, PodSpec } from '../../../../imports/kubernetes/kinds';
import type { Workload } from '../../../deployment/config/schema/workloads';
import type { KubernetesObject } from '../../../documents/kubernetes';
import { type Labels, matches } from '../../../kubernetes/workloads/selector';
import type { ClusterClient } from '../../cluster/client';
import type { LiveObject } from '../../cluster/live-object';
import type { LiveSecret } from '../../secrets/live-secrets';

/** An object that creates pods in the namespace, with its pod template. */
export interface RunningWorkload {
  /** The name in the form of kubectl: `deployment/api`. */
  readonly name: string;
  readonly object: LiveObject;
  readonly pod: PodSpec;
}

/** A pod, with the status of its containers. */
export interface RunningPod extends LiveObject {
  readonly spec: LiveObject['spec'] & PodSpec;
  readonly status?: LiveObject['status'] & {
    readonly containerStatuses?: readonly RunningContainer[];
    /** Includes the sidecars, because Kubernetes runs sidecars as init containers that restart. */
    readonly initContainerStatuses?: readonly RunningContainer[];
  };
}

export interface RunningContainer {
  readonly name: string;
  /** The image that runs, with its digest. */
  readonly imageID?: string;
  /** The user of the container's first process. Nodes report the user since Kubernetes 1.33. */
  readonly user?: { readonly linux?: { readonly uid?: number } };
}

/** The controller of each kind of workload, with the path of its API. */
const resources = {
  Deployment: '/apis/apps/v1 deployments',
  StatefulSet: '/apis/apps/v1 statefulsets',
  CronJob: '/apis/batch/v1 cronjobs',
} as const;

/** Reads one namespace of the cluster. Each list is read once. Of Secrets, only the keys are read. */
export class RunningNamespace {
  private readonly lists = new Map<string, Promise<readonly LiveObject[]>>();
  private secrets: Promise<readonly LiveSecret[]> | undefined;

  constructor(
    private readonly client: ClusterClient,
    readonly namespace: string,
    private readonly readSecrets: () => Promise<readonly LiveSecret[]>,
  ) {}

  /**
   * The object that runs a workload of the configuration. Undefined if there is none, and for a migration, whose
   * Job is deleted after a while.
   */
  async workload(name: string, kind: Workload['kind']): Promise<RunningWorkload | undefined> {
    const object = (await this.list(resources[controllerOf(kind)])).find(
      ({ metadata }) => metadata.name === name,
    );
    return object && { name: `${controllerOf(kind).toLowerCase()}/${name}`, object, pod: podOf(object) };
  }

  /** The Jobs that were not created by a CronJob, the newest first. */
  async jobs(): Promise<RunningWorkload[]> {
    const own = (await this.list('/apis/batch/v1 jobs')).filter(
      ({ metadata }) => metadata['ownerReferences'] === undefined,
    );
    return own
      .toSorted((a, b) => Date.parse(b.metadata.creationTimestamp) - Date.parse(a.metadata.creationTimestamp))
      .map((object) => ({ name: `job/${object.metadata.name}`, object, pod: podOf(object) }));
  }

  /** The pods that the workload's selector matches, except terminating pods. */
  async pods({ object }: RunningWorkload): Promise<readonly RunningPod[]> {
    const { selector } = object['spec'] as unknown as { selector?: { matchLabels?: Labels } };
    const all = (await this.list('/api/v1 pods')) as readonly RunningPod[];
    return all.filter(
      ({ metadata }) =>
        metadata['deletionTimestamp'] === undefined && matches(selector ?? {}, metadata.labels ?? {}),
    );
  }

  /** The data of a ConfigMap; undefined if it does not exist. */
  async configMap(name: string): Promise<Readonly<Record<string, string>> | undefined> {
    const found = (await this.list('/api/v1 configmaps')).find(({ metadata }) => metadata.name === name);
    return found && ((found['data'] ?? {}) as Record<string, string>);
  }

  /** The keys of a Secret, sorted; undefined if it does not exist. */
  async secretKeys(name: string): Promise<readonly string[] | undefined> {
    this.secrets ??= this.readSecrets();
    return (await this.secrets).find((each) => each.name === name)?.keys.toSorted();
  }

  /** Reads a pod's metrics through the API server's proxy. Undefined if the answer is not a list of metrics. */
  async metrics(pod: string, port: number, path: string): Promise<string | undefined> {
    const proxy = `/api/v1/namespaces/${this.namespace}/pods/${pod}:${port}/proxy`;
    const text = await this.client.get<unknown>(proxy + path);
    return typeof text === 'string' ? text : undefined;
  }

  private list(resource: string): Promise<readonly LiveObject[]> {
    const [base = '', plural = ''] = resource.split(' ');
    const path = `${base}/namespaces/${this.namespace}/${plural}`;
    const known =
      this.lists.get(path) ??
      this.client.write<{ items: LiveObject[] }>('GET', path).then(({ items }) => items);
    this.lists.set(path, known);
    return known;
  }
}

/** The kind of the controller that runs a workload. */
export function controllerOf(kind: Workload['kind']): keyof typeof resources {
  if (kind === 'StatefulService') return 'StatefulSet';
  return kind === 'CronJob' || kind === 'PostgresBackup' ? 'CronJob' : 'Deployment';
}

function podOf({ kind, spec }: KubernetesObject & { readonly kind?: string }): PodSpec {
  const { template, jobTemplate } = (spec ?? {}) as unknown as PodHolder & {
    jobTemplate?: { spec?: PodHolder };
  };
  const holder = kind === 'CronJob' || jobTemplate !== undefined ? jobTemplate?.spec?.template : template;
  return holder?.spec ?? ({ containers: [] } as PodSpec);
}

interface PodHolder {
  readonly template?: { readonly spec?: PodSpec };
}

/** All containers of a pod, including init containers. */
export function allContainers({ initContainers = [], containers = [] }: PodSpec): Container[] {
  return [...initContainers, ...containers];
}
