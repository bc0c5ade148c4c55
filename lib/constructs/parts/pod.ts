import type * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { imageReference, objectName, userId } from '../../kubernetes/value-rule';
import { type PropProblem, ruleProblem } from '../props-error';
import {
  type Environment,
  environmentProblems,
  readAnnotations,
  variableSources,
  variables,
} from './environment';
import { restrictedContainer, restrictedPod } from './hardening';
import { madeFrom } from './provenance';
import { type Resources, resourceProblems, resourceRequirements } from './resources';
import { containerMounts, type Mounts, mountedVolumes, mountProblems } from './volumes';

/** What every workload states of its pods. */
export interface PodProps extends Environment, Mounts {
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
}

/** The props that a pod has from a construct's own of the same names, for `madeFrom`. */
export const podPropPaths = {
  image: ['image'],
  resources: ['resources'],
  user: ['user'],
  imagePullSecret: ['imagePullSecret'],
  priorityClass: ['priorityClass'],
} as const;

/** What is wrong with what every workload states of its pods. */
export function podProblems(props: PodProps): (PropProblem | undefined)[] {
  return [
    ruleProblem(['image'], props.image, imageReference),
    ...resourceProblems(props.resources),
    ruleProblem(['user'], props.user, userId),
    ruleProblem(['imagePullSecret'], props.imagePullSecret, objectName),
    ruleProblem(['priorityClass'], props.priorityClass, objectName),
    ...environmentProblems(props),
    ...mountProblems(props),
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
    ...(envFrom.length > 0 && { envFrom }),
    ...(env.length > 0 && { env }),
    resources: resourceRequirements(props),
    securityContext: restrictedContainer(),
    ...(mounts.length > 0 && { volumeMounts: mounts }),
    ...more,
  };
  return madeFrom(made, props, {
    image: ['image'],
    resources: ['resources'],
    env: ['environment'],
    envFrom: ['envFrom'],
    // A workload's own additions have the names of their props.
    command: ['command'],
    startupProbe: ['probes', 'startup'],
    readinessProbe: ['probes', 'readiness'],
    livenessProbe: ['probes', 'liveness'],
    ports: ['port'],
  });
}

/** The template of a pod; `more` is what the workload adds to its spec: spread, tolerations, a node. */
export function podTemplate(
  name: string,
  labels: Record<string, string>,
  props: PodProps,
  containers: k8s.Container[],
  more: Partial<k8s.PodSpec>,
): k8s.PodTemplateSpec {
  const annotations = readAnnotations(
    props,
    Object.values(props.files ?? {}).map(({ secret }) => secret),
  );
  const podVolumes = mountedVolumes(props);
  return {
    metadata: { labels, ...(Object.keys(annotations).length > 0 && { annotations }) },
    spec: madeFrom(
      {
        serviceAccountName: name,
        automountServiceAccountToken: false,
        // Otherwise a Service called redis sets REDIS_PORT to tcp://…, which programs take for a number.
        enableServiceLinks: false,
        ...(props.priorityClass !== undefined && { priorityClassName: props.priorityClass }),
        ...(props.imagePullSecret !== undefined && { imagePullSecrets: [{ name: props.imagePullSecret }] }),
        securityContext: restrictedPod(props.user),
        containers,
        ...(podVolumes.length > 0 && { volumes: podVolumes }),
        ...more,
      },
      props,
      {
        securityContext: ['user'],
        priorityClassName: ['priorityClass'],
        imagePullSecrets: ['imagePullSecret'],
        nodeSelector: ['nodeLabel'],
      },
    ),
  };
}
