import type * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { imageReference, objectName, userId } from '../../kubernetes/value-rule';
import { optional, type PropFields } from '../fields/field';
import { fieldsProblems } from '../fields/field-problems';
import { type PropProblem, ruleProblem } from '../props-error';
import { accountField, type ServiceAccountProps } from './account';
import {
  type ContainerProgram,
  containerPaths,
  type ExtraContainers,
  extraContainerProblems,
  extraContainers,
  programFields,
  programOf,
} from './containers';
import {
  type Environment,
  environmentProblems,
  joinEnvironments,
  readAnnotations,
  variableSources,
  variables,
} from './environment';
import { restrictedContainer, restrictedPod } from './hardening';
import { labelProblems, type PodPlacement, placement, placementFields } from './placement';
import { madeFrom } from './provenance';
import { type Resources, resourceProblems, resourceRequirements } from './resources';
import {
  containerMounts,
  type Mounts,
  mountedVolumes,
  mountProblems,
  volumeNames,
  volumesField,
} from './volumes';

/** What every workload states of its pods. */
export interface PodProps extends Environment, Mounts, ContainerProgram, PodPlacement, ExtraContainers {
  /** `repository:tag@sha256:…`. A tag alone can come to mean another image between two pods of one rollout. */
  readonly image: string;
  readonly resources: Resources;
  /**
   * The uid that runs the container; its gid and the volumes' group are the same.
   *
   * @default the image's own user; an image that runs as root does not start
   */
  readonly user?: number;
  /** A Secret of type `kubernetes.io/dockerconfigjson`. @default the registry is asked without credentials */
  readonly imagePullSecret?: string;
  /** A PriorityClass of the cluster; a pod that names one which isn't there is refused. @default the cluster's default */
  readonly priorityClass?: string;
  /** What the pods may do at the API server. @default nothing: they get no token */
  readonly serviceAccount?: ServiceAccountProps;
}

/** What is added to the pods of a construct whose program is not the user's own. */
export interface PodExtras extends PodPlacement, ExtraContainers, Pick<Mounts, 'volumes'> {}

/** Those that are stated. */
export function podExtras(props: PodExtras): PodExtras {
  const { labels, annotations, nodeSelector, affinity, tolerations, initContainers, sidecars, volumes } =
    props;
  const all = { labels, annotations, nodeSelector, affinity, tolerations, initContainers, sidecars, volumes };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** The props of a pod that the configuration states in the same words, with the same limits. */
export const podPropFields = {
  ...programFields,
  ...placementFields,
  volumes: optional(volumesField),
  serviceAccount: optional(accountField),
} satisfies PropFields;

/** The props that a pod has from a construct's own of the same names, for `madeFrom`. */
export const podPropPaths = {
  image: ['image'],
  resources: ['resources'],
  user: ['user'],
  imagePullSecret: ['imagePullSecret'],
  priorityClass: ['priorityClass'],
  nodeSelector: ['nodeSelector'],
  affinity: ['affinity'],
  tolerations: ['tolerations'],
  initContainers: ['initContainers'],
  sidecars: ['sidecars'],
  volumes: ['volumes'],
} as const;

/**
 * What is wrong with what every workload states of its pods.
 *
 * @param ownVolumes the names of volumes that the construct adds
 */
export function podProblems(
  props: PodProps,
  ownVolumes: readonly string[] = [],
): (PropProblem | undefined)[] {
  return [
    ruleProblem(['image'], props.image, imageReference),
    ...resourceProblems(props.resources),
    ruleProblem(['user'], props.user, userId),
    ruleProblem(['imagePullSecret'], props.imagePullSecret, objectName),
    ruleProblem(['priorityClass'], props.priorityClass, objectName),
    ...environmentProblems(props),
    ...mountProblems(props),
    ...fieldsProblems(podPropFields, { ...props, volumes: undefined }),
    ...labelProblems(props),
    ...extraContainerProblems(props, [...volumeNames(props), ...ownVolumes]),
  ];
}

/** The one container of a pod; `more` is what the workload adds to it: ports, probes, a command. */
export function podContainer(name: string, props: PodProps, more: Partial<k8s.Container>): k8s.Container {
  const envFrom = variableSources(props);
  const env = variables(props);
  const mounts = containerMounts(props);
  const made = {
    name,
    image: props.image,
    ...programOf(props),
    ...(envFrom.length > 0 && { envFrom }),
    ...(env.length > 0 && { env }),
    resources: resourceRequirements(props),
    securityContext: restrictedContainer(),
    ...(mounts.length > 0 && { volumeMounts: mounts }),
    ...more,
  };
  return madeFrom(made, props, containerPaths);
}

/** The template of a pod; `more` is what the workload adds to its spec: spread, tolerations, a node. */
export function podTemplate(
  name: string,
  labels: Record<string, string>,
  props: PodProps,
  containers: k8s.Container[],
  more: Partial<k8s.PodSpec>,
): k8s.PodTemplateSpec {
  const { initContainers = [], sidecars = [] } = props;
  const read = readAnnotations(
    joinEnvironments([props, ...initContainers, ...sidecars]),
    Object.values(props.files ?? {}).map(({ secret }) => secret),
  );
  const annotations = { ...props.annotations, ...read };
  const podVolumes = mountedVolumes(props);
  const extra = extraContainers(props);
  const { nodeSelector, tolerations, ...others } = more;
  const own = {
    ...(nodeSelector !== undefined && { nodeSelector }),
    ...(tolerations !== undefined && { tolerations }),
  };
  return {
    metadata: { labels, ...(Object.keys(annotations).length > 0 && { annotations }) },
    spec: madeFrom(
      {
        serviceAccountName: name,
        automountServiceAccountToken: props.serviceAccount !== undefined,
        // Otherwise a Service called redis sets REDIS_PORT to tcp://…, which programs take for a number.
        enableServiceLinks: false,
        ...(props.priorityClass !== undefined && { priorityClassName: props.priorityClass }),
        ...(props.imagePullSecret !== undefined && { imagePullSecrets: [{ name: props.imagePullSecret }] }),
        securityContext: restrictedPod(props.user),
        ...(extra.length > 0 && { initContainers: extra }),
        containers,
        ...(podVolumes.length > 0 && { volumes: podVolumes }),
        ...others,
        ...placement(props, own),
      },
      props,
      {
        securityContext: ['user'],
        priorityClassName: ['priorityClass'],
        imagePullSecrets: ['imagePullSecret'],
        nodeSelector: [props.nodeSelector === undefined ? 'nodeLabel' : 'nodeSelector'],
        affinity: ['affinity'],
        tolerations: ['tolerations'],
        automountServiceAccountToken: ['serviceAccount'],
      },
    ),
  };
}
