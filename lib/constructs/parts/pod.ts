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
import { type Resources, requiredResources, resourceProblems, resourceRequirements } from './resources';
import {
  containerMounts,
  type Mounts,
  mountedVolumes,
  mountProblems,
  volumeNames,
  volumesField,
} from './volumes';

/** The props that every workload has for its pods. */
export interface PodProps extends Environment, Mounts, ContainerProgram, PodPlacement, ExtraContainers {
  /**
   * The image as `repository:tag@sha256:…`. A tag without a digest can refer to a different image during a
   * rollout.
   */
  readonly image: string;
  readonly resources: Resources;
  /**
   * The uid of the container. The gid, and the group of the volumes, have the same number.
   *
   * @default the image's own user; an image that runs as root does not start
   */
  readonly user?: number;
  /** A Secret of type `kubernetes.io/dockerconfigjson`. @default images are pulled without credentials */
  readonly imagePullSecret?: string;
  /**
   * The name of an existing PriorityClass. The API server refuses a pod with a class that doesn't exist.
   * @default the cluster's default PriorityClass
   */
  readonly priorityClass?: string;
  /** The permissions of the pods on the API server. @default none: no token is mounted */
  readonly serviceAccount?: ServiceAccountProps;
}

/** The paths of the required pod props. */
export const requiredPodProps = ['image', ...requiredResources];

/** The pod props of a construct that has a fixed program, such as Redis. */
export interface PodExtras extends PodPlacement, ExtraContainers, Pick<Mounts, 'volumes'> {}

/** Selects the `PodExtras` that are set. */
export function podExtras(props: PodExtras): PodExtras {
  const { labels, annotations, nodeSelector, affinity, tolerations, initContainers, sidecars, volumes } =
    props;
  const all = { labels, annotations, nodeSelector, affinity, tolerations, initContainers, sidecars, volumes };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** The props of a pod that are also fields of the configuration, with the same names and limits. */
export const podPropFields = {
  ...programFields,
  ...placementFields,
  volumes: optional(volumesField),
  serviceAccount: optional(accountField),
} satisfies PropFields;

/** The paths of the pod props that a construct passes on under the same names, for `madeFrom`. */
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
 * The problems of the props that every workload has for its pods.
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

/** The main container of a pod; `more` has the workload's own fields, such as ports, probes and a command. */
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

/**
 * The template of a pod; `more` has the workload's own fields of the spec, such as spread constraints and
 * tolerations.
 */
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
        // With service links, a Service named redis sets REDIS_PORT to tcp://…, but programs expect a number
        // there.
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
