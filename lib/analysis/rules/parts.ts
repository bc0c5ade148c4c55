import type {
  DaemonSet,
  Deployment,
  Job,
  Probe,
  ReplicaSet,
  StatefulSet,
} from '../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../documents/kubernetes';
import { type Kind, type ObjectOf, podKinds } from '../../kubernetes/kinds';
import type { Manifests } from '../../kubernetes/manifests';
import type { ContainerOfPod, Part } from '../../kubernetes/part';
import type { Reference } from '../../kubernetes/references/reference';
import type { Pod } from '../../kubernetes/workloads/pods';

/** Selects the parts of the documents that a rule checks, and the kinds that have such parts. */
export interface Parts<T> {
  readonly kinds: readonly string[];
  readonly of: (manifests: Manifests) => readonly Part<T>[];
}

/** Selects the parts once for each set of manifests, because most rules check the same parts. */
function once<T>(select: Parts<T>['of']): Parts<T>['of'] {
  const selected = new WeakMap<Manifests, readonly Part<T>[]>();
  return (manifests) => {
    const parts = selected.get(manifests) ?? select(manifests);
    selected.set(manifests, parts);
    return parts;
  };
}

const partsOfKind = new Map<Kind, Parts<unknown>>();

/** All objects of one kind. */
export function objectsOf<K extends Kind>(kind: K): Parts<ObjectOf<K>> {
  const known = partsOfKind.get(kind) ?? {
    kinds: [kind],
    of: once((manifests) =>
      manifests.of(kind).map(({ object, fields }) => ({ object, path: '', value: fields })),
    ),
  };
  partsOfKind.set(kind, known);
  return known as Parts<ObjectOf<K>>;
}

/** All objects of any kind. Only their metadata has a known shape. */
export const everyObject: Parts<KubernetesObject> = {
  kinds: ['Namespace', 'Deployment'],
  of: once((manifests) => manifests.all.map((object) => ({ object, path: '', value: object }))),
};

/** The pod specs of Pods, and of all objects that create pods. */
export const pods: Parts<Pod> = {
  kinds: podKinds,
  of: once((manifests) =>
    manifests.pods.all.map((pod) => ({ object: pod.object, path: pod.path, value: pod })),
  ),
};

/** The pod specs of workloads that run permanently. */
export const servingPods: Parts<Pod> = {
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet'],
  of: once((manifests) => pods.of(manifests).filter(({ value }) => value.isServing)),
};

/** Workloads that have a pod template and a selector. */
export type Controller = Deployment | StatefulSet | DaemonSet | ReplicaSet;

export const controllers: Parts<Controller> = {
  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'],
  of: (manifests) =>
    (['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'] as const).flatMap((kind) =>
      objectsOf<'Deployment' | 'StatefulSet' | 'DaemonSet' | 'ReplicaSet'>(kind).of(manifests),
    ),
};

/** Every container, including init containers. */
export const containers: Parts<ContainerOfPod> = {
  kinds: podKinds,
  of: (manifests) => manifests.containers,
};

/** The containers of workloads that run permanently. */
export const servingContainers: Parts<ContainerOfPod> = {
  kinds: servingPods.kinds,
  of: once((manifests) => manifests.containers.filter(({ value }) => value.pod.isServing && !value.isInit)),
};

/** A probe, the name of its field, and its container. */
export interface ProbeOfContainer extends ContainerOfPod {
  readonly probe: Probe;
  readonly field: 'startupProbe' | 'readinessProbe' | 'livenessProbe';
}

/** Every probe. */
export const probes: Parts<ProbeOfContainer> = {
  kinds: servingPods.kinds,
  of: once((manifests) =>
    manifests.containers.flatMap(({ object, path, value }) =>
      (['startupProbe', 'readinessProbe', 'livenessProbe'] as const).flatMap((field) => {
        const probe = value.container[field];
        return probe === undefined
          ? []
          : [{ object, path: `${path}.${field}`, value: { ...value, probe, field } }];
      }),
    ),
  ),
};

/** The spec of every Job, including the job template of a CronJob. */
export const jobs: Parts<{ readonly spec: NonNullable<Job['spec']>; readonly isScheduled: boolean }> = {
  kinds: ['Job', 'CronJob'],
  of: (manifests) => [
    ...manifests.of('Job').map(({ object, fields }) => ({
      object,
      path: 'spec',
      value: { spec: fields.spec ?? {}, isScheduled: false },
    })),
    ...manifests.of('CronJob').map(({ object, fields }) => ({
      object,
      path: 'spec.jobTemplate.spec',
      value: { spec: fields.spec?.jobTemplate?.spec ?? {}, isScheduled: true },
    })),
  ],
};

/** The rules of Roles and ClusterRoles. */
export const roles: Parts<ObjectOf<'Role'> | ObjectOf<'ClusterRole'>> = {
  kinds: ['Role', 'ClusterRole'],
  of: (manifests) => [...objectsOf('Role').of(manifests), ...objectsOf('ClusterRole').of(manifests)],
};

/**
 * All references to objects of one kind.
 *
 * @param kinds kinds of the objects that contain such references
 */
export function referencesTo(kind: Kind, kinds: readonly Kind[] = podKinds): Parts<Reference> {
  return { kinds, of: (manifests) => manifests.references.named(kind) };
}

/** RoleBindings and ClusterRoleBindings. */
export const bindings: Parts<ObjectOf<'RoleBinding'> | ObjectOf<'ClusterRoleBinding'>> = {
  kinds: ['RoleBinding', 'ClusterRoleBinding'],
  of: (manifests) => [
    ...objectsOf('RoleBinding').of(manifests),
    ...objectsOf('ClusterRoleBinding').of(manifests),
  ],
};
