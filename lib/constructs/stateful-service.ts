import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import type { Construct } from 'constructs';
import {
  bytes,
  containerPath,
  objectName,
  oneOf,
  seconds,
  unprivilegedPort,
  volumeName,
} from '../kubernetes/value-rule';
import {
  type FieldsOf,
  groupField,
  mapField,
  optional,
  type PropFields,
  required,
  textField,
} from './fields/field';
import { fieldsProblems } from './fields/field-problems';
import { selectorLabels } from './labels';
import { ConnectableWorkload } from './parts/connectable-workload';
import type { Destination } from './parts/connections';
import { defaultDrainSeconds, drainLifecycle, shutdownSeconds } from './parts/drain';
import { addDisruptionBudget, clusterService, controllerMetadata } from './parts/objects';
import { type ObjectPatches, patchObjects } from './parts/patch';
import { type PodProps, podContainer, podProblems, podTemplate, requiredPodProps } from './parts/pod';
import {
  requiredServiceProps,
  type ServiceProbes,
  serviceProbeProblems,
  serviceProbes,
} from './parts/probes';
import { madeFrom } from './parts/provenance';
import { type ReplicaProps, replicaProblems, requiredReplicaProps } from './parts/replicas';
import { quantity } from './parts/resources';
import { ordinalSpread } from './parts/spread';
import { containerMounts, volumeNames } from './parts/volumes';
import { ruleProblem } from './props-error';

/** The volume of each pod. The volume is kept when the pod or the StatefulSet is deleted. */
export interface PodStorage {
  /** The directory where the volume is mounted. */
  readonly directory: string;
  /** The size as a Kubernetes quantity. The size is immutable in the StatefulSet. */
  readonly size: string;
  /** The StorageClass. @default the cluster's default class */
  readonly class?: string;
  /** The access mode of the PersistentVolumeClaim. @default ReadWriteOnce */
  readonly accessMode?: string;
}

const accessModes = ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'];

const podStorageFields: FieldsOf<PodStorage> = {
  directory: required(textField(containerPath)),
  size: required(textField(bytes)),
  class: optional(textField(objectName)),
  accessMode: optional(textField(oneOf(accessModes))),
};

/** The volumes of a StatefulService by their names. */
export const storageFields = {
  storage: required(mapField(volumeName, groupField<PodStorage>(podStorageFields))),
} satisfies PropFields;

export interface StatefulServiceProps extends PodProps, ReplicaProps {
  /** The port that the container listens on; 1024 or above. */
  readonly port: number;
  readonly probes: ServiceProbes;
  /** The volumes of each pod, by name. */
  readonly storage: Readonly<Record<string, PodStorage>>;
  /**
   * The name of the StatefulSet. A changed name replaces the running workload, and the new pods get empty
   * volumes. @default the construct's id
   */
  readonly name?: string;
  /**
   * How long a deleted pod continues to serve, in seconds, until clients use the addresses of other pods.
   *
   * @default 15; none with one replica, because no other pod serves meanwhile
   */
  readonly drainSeconds?: number;
  /** The time after the pause in which a deleted pod can save its data. @default 30 seconds */
  readonly graceSeconds?: number;
  /** Patches of the construct's objects, for fields that have no prop. @default none */
  readonly patch?: ObjectPatches<'statefulSet' | 'service' | 'disruptionBudget' | 'serviceAccount'>;
}

/**
 * A service whose pods keep data on their own volumes: StatefulSet, headless Service, PodDisruptionBudget and
 * ServiceAccount.
 *
 * The pods are `<name>-0`, `<name>-1`, …, each with its volumes and its DNS name `<name>-0.<name>`. A rollout
 * replaces one pod at a time: the new pod starts only after the old pod is gone. A pod on a lost node is not
 * replaced until the node is back or is removed from the cluster, because two pods must never write to one
 * volume.
 */
export class StatefulService extends ConnectableWorkload implements Destination {
  readonly port: number;
  readonly statefulSet: k8s.KubeStatefulSet;
  readonly service: k8s.KubeService;
  readonly disruptionBudget: k8s.KubePodDisruptionBudget;

  constructor(scope: Construct, id: string, props: StatefulServiceProps) {
    super(scope, id, props, {
      component: 'service',
      longestName,
      required: [...requiredPodProps, ...requiredServiceProps, ...requiredReplicaProps, 'storage'],
      problems: () => problems(props),
    });
    const { name } = this.party;
    this.port = props.port;
    this.service = new k8s.KubeService(this, 'service', headlessService(name, this.labels, props));
    this.disruptionBudget = addDisruptionBudget(this, name, this.labels, props);
    this.statefulSet = new k8s.KubeStatefulSet(this, 'stateful-set', statefulSet(name, this.labels, props));
    patchObjects(this, props);
  }
}

/** The StatefulSet controller sets a label that consists of this name and a hash of the revision. */
const longestName = 52;

function headlessService(
  name: string,
  labels: Record<string, string>,
  props: StatefulServiceProps,
): k8s.KubeServiceProps {
  const { metadata, spec } = clusterService(name, labels, props);
  return { ...(metadata !== undefined && { metadata }), spec: { ...spec, clusterIp: 'None' } };
}

function statefulSet(
  name: string,
  labels: Record<string, string>,
  props: StatefulServiceProps,
): k8s.KubeStatefulSetProps {
  const volumes = Object.entries(props.storage).sort(([a], [b]) => (a < b ? -1 : 1));
  const drainSeconds = props.drainSeconds ?? (props.replicas > 1 ? defaultDrainSeconds : 0);
  const main = podContainer(name, props, {
    ...serviceProbes(props),
    ...drainLifecycle(drainSeconds),
    volumeMounts: [
      ...volumes.map(([volume, { directory }]) =>
        madeFrom({ name: volume, mountPath: directory }, props, ['storage', volume]),
      ),
      ...containerMounts(props),
    ],
  });
  return {
    metadata: controllerMetadata(name, labels, props),
    spec: madeFrom(
      {
        replicas: props.replicas,
        serviceName: name,
        updateStrategy: { type: 'RollingUpdate' },
        selector: { matchLabels: selectorLabels(name) },
        template: podTemplate(name, labels, props, [main], {
          topologySpreadConstraints: [ordinalSpread(name)],
          terminationGracePeriodSeconds: drainSeconds + (props.graceSeconds ?? shutdownSeconds),
        }),
        volumeClaimTemplates: volumes.map(([volume, storage]) => claimTemplate(volume, storage, props)),
      },
      props,
      { replicas: ['replicas'] },
    ),
  };
}

function claimTemplate(
  name: string,
  { size, class: storageClass, accessMode }: PodStorage,
  props: StatefulServiceProps,
): k8s.KubePersistentVolumeClaimProps {
  return {
    metadata: { name },
    spec: madeFrom(
      {
        accessModes: [accessMode ?? 'ReadWriteOnce'],
        ...(storageClass !== undefined && { storageClassName: storageClass }),
        resources: { requests: { storage: quantity(size) } },
      },
      props,
      ['storage', name],
    ),
  };
}

function problems(props: StatefulServiceProps) {
  const taken = volumeNames(props);
  const empty = {
    path: ['storage'],
    message: 'is empty; add a volume, or use WebService for a service without volumes',
  };
  return [
    ...podProblems(props, Object.keys(props.storage)),
    ruleProblem(['port'], props.port, unprivilegedPort),
    ...replicaProblems(props),
    ...serviceProbeProblems(props),
    ruleProblem(['drainSeconds'], props.drainSeconds, seconds(1)),
    ruleProblem(['graceSeconds'], props.graceSeconds, seconds(0)),
    ...fieldsProblems(storageFields, props),
    Object.keys(props.storage).length === 0 ? empty : undefined,
    ...Object.keys(props.storage)
      .filter((name) => taken.includes(name))
      .map((name) => ({
        path: ['storage', name],
        message: 'is the name of another volume; choose a different name',
      })),
  ];
}
