import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { Construct } from 'constructs';
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
import { accountAnnotations, addAccount } from './parts/account';
import {
  type Connectable,
  type Connection,
  type Destination,
  type Party,
  partyOf,
} from './parts/connections';
import { labelsOf, nameProblem, versionLabel } from './parts/identity';
import { clusterService, disruptionBudget } from './parts/objects';
import { type ObjectPatches, patchObjects } from './parts/patch';
import { type PodProps, podContainer, podProblems, podTemplate } from './parts/pod';
import { portProbe, probeProblems } from './parts/probes';
import { madeFrom } from './parts/provenance';
import { type ReplicaProps, replicaProblems } from './parts/replicas';
import { quantity } from './parts/resources';
import { ordinalSpread } from './parts/spread';
import { containerMounts, volumeNames } from './parts/volumes';
import { refuse, ruleProblem } from './props-error';
import type { ServiceProbes } from './web-service';

/** A volume that each pod has for itself. It stays when the pod, or the StatefulSet, is deleted. */
export interface PodStorage {
  /** The directory where the container sees it. */
  readonly directory: string;
  /** A Kubernetes quantity. It can't be changed in the StatefulSet later. */
  readonly size: string;
  /** The StorageClass. @default the cluster's default class */
  readonly class?: string;
  /** Kubernetes' access mode. @default ReadWriteOnce */
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
  /** Renaming it replaces the live workload, and its pods get empty volumes. @default the construct's id */
  readonly name?: string;
  /** How long a pod that is being deleted may save its data. @default 30 seconds */
  readonly graceSeconds?: number;
  /** Fields of the objects that no other prop states. @default none */
  readonly patch?: ObjectPatches<'statefulSet' | 'service' | 'disruptionBudget' | 'serviceAccount'>;
}

/**
 * A service whose pods keep data on volumes of their own: StatefulSet, headless Service, PodDisruptionBudget and ServiceAccount.
 *
 * The pods are `<name>-0`, `<name>-1`, …, each with its volumes and its DNS name `<name>-0.<name>`. A rollout replaces one pod at a time,
 * and a pod's replacement starts only when the old pod is gone. A pod of a lost node is not replaced until the node is back or is
 * removed from the cluster: two pods must never write to one volume.
 */
export class StatefulService extends Construct implements Connectable, Destination {
  readonly party: Party;
  readonly port: number;
  readonly connections: Connection[] = [];
  readonly statefulSet: k8s.KubeStatefulSet;
  readonly service: k8s.KubeService;
  readonly disruptionBudget: k8s.KubePodDisruptionBudget;
  readonly serviceAccount: k8s.KubeServiceAccount;

  constructor(scope: Construct, id: string, props: StatefulServiceProps) {
    super(scope, id);
    const name = props.name ?? id;
    refuse(this, props, [
      nameProblem(name, longestName),
      ...podProblems(props, Object.keys(props.storage)),
      ...problems(props),
    ]);
    this.party = partyOf(name);
    this.port = props.port;
    const labels = labelsOf(this, name, 'service', props);
    this.serviceAccount = addAccount(this, name, labels, props);
    this.service = new k8s.KubeService(this, 'service', headlessService(name, labels, props));
    const budget = disruptionBudget(name, labels, props);
    this.disruptionBudget = new k8s.KubePodDisruptionBudget(this, 'disruption-budget', budget);
    this.statefulSet = new k8s.KubeStatefulSet(this, 'stateful-set', statefulSet(name, labels, props));
    patchObjects(this, props);
  }

  /** Lets the pods open connections to it. Takes effect by the NetworkPolicies that are given this workload. */
  connectTo({ party, port }: Destination): void {
    this.connections.push({ from: this.party, to: party, port });
  }
}

/** The controller adds a hash of the revision to the name, in a label. */
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
  const { startup, readiness, liveness } = props.probes;
  const volumes = Object.entries(props.storage).sort(([a], [b]) => (a < b ? -1 : 1));
  const main = podContainer(name, props, {
    ports: [{ containerPort: props.port }],
    startupProbe: portProbe(props.port, startup),
    readinessProbe: portProbe(props.port, readiness),
    ...(liveness !== undefined && { livenessProbe: portProbe(props.port, liveness) }),
    volumeMounts: [
      ...volumes.map(([volume, { directory }]) =>
        madeFrom({ name: volume, mountPath: directory }, props, ['storage', volume]),
      ),
      ...containerMounts(props),
    ],
  });
  return {
    metadata: {
      name,
      labels: { ...labels, ...versionLabel(props.image) },
      ...accountAnnotations(props),
    },
    spec: madeFrom(
      {
        replicas: props.replicas,
        serviceName: name,
        updateStrategy: { type: 'RollingUpdate' },
        selector: { matchLabels: selectorLabels(name) },
        template: podTemplate(name, labels, props, [main], {
          topologySpreadConstraints: [ordinalSpread(name)],
          terminationGracePeriodSeconds: props.graceSeconds ?? 30,
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
  const empty = { path: ['storage'], message: 'is empty; state a volume, or use WebService' };
  return [
    ruleProblem(['port'], props.port, unprivilegedPort),
    ...replicaProblems(props),
    ...Object.entries(props.probes).flatMap(([name, probe]) => probeProblems(['probes', name], probe)),
    ruleProblem(['graceSeconds'], props.graceSeconds, seconds(0)),
    ...fieldsProblems(storageFields, props),
    Object.keys(props.storage).length === 0 ? empty : undefined,
    ...Object.keys(props.storage)
      .filter((name) => taken.includes(name))
      .map((name) => ({ path: ['storage', name], message: 'is the name of another volume; choose another' })),
  ];
}
