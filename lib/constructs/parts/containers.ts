import type * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { didYouMean } from '../../documents/nearest';
import { containerPath, imageReference, port, program, volumeName } from '../../kubernetes/value-rule';
import {
  anyTextField,
  type FieldsOf,
  filledList,
  listField,
  mapField,
  numberField,
  optional,
  textField,
} from '../fields/field';
import { fieldsProblems } from '../fields/field-problems';
import { missingProblems, type PropProblem, ruleProblem } from '../props-error';
import { type Environment, environmentProblems, variableSources, variables } from './environment';
import { restrictedContainer } from './hardening';
import { type PortProbe, portProbe, probeProblems } from './probes';
import { madeFrom, type PropSteps } from './provenance';
import { type Resources, requiredResources, resourceProblems, resourceRequirements } from './resources';

/** The command and arguments of a container. They replace those of the image. */
export interface ContainerProgram {
  /**
   * The program that the container runs, with the first arguments if there are any. @default the image's
   * ENTRYPOINT
   */
  readonly command?: readonly string[];
  /** The arguments of the program. @default the image's CMD, or none if `command` is set */
  readonly args?: readonly string[];
}

export const programFields: FieldsOf<ContainerProgram> = {
  command: optional(filledList(textField(program))),
  args: optional(listField(anyTextField)),
};

/** A container of the pod in addition to the main container. */
export interface ExtraContainer extends Environment, ContainerProgram {
  /**
   * The name of the container. It must be unique in the pod. The main container has the name of the workload.
   */
  readonly name: string;
  /** `repository:tag@sha256:…`. */
  readonly image: string;
  readonly resources: Resources;
  /** The directory where each volume of the pod is mounted, by volume name. @default none */
  readonly mounts?: Readonly<Record<string, string>>;
}

/** The directories where volumes of the pod are mounted in a container. */
export const mountsField = mapField(volumeName, textField(containerPath));

export const sidecarPort = numberField(port);

/** A container that starts before the main container and runs as long as the main container. */
export interface SidecarContainer extends ExtraContainer {
  /**
   * The port that the container listens on, for its probes and for other containers of the pod. @default none
   */
  readonly port?: number;
  /**
   * Probes need `port`. With `startup`, the main container starts only after this probe has succeeded.
   * @default no probe
   */
  readonly probes?: {
    readonly startup?: PortProbe;
    readonly readiness?: PortProbe;
    readonly liveness?: PortProbe;
  };
}

export interface ExtraContainers {
  /**
   * Containers that run to completion, one after another, before the other containers start. @default none
   */
  readonly initContainers?: readonly ExtraContainer[];
  /** Containers that run while the main container runs. They start after `initContainers`. @default none */
  readonly sidecars?: readonly SidecarContainer[];
}

/**
 * The init containers of the pod: first those that run to completion, then the sidecars, which are restarted
 * when they exit.
 */
export function extraContainers(props: ExtraContainers): k8s.Container[] {
  return [
    ...(props.initContainers ?? []).map((container) => extraContainer(container, {})),
    ...(props.sidecars ?? []).map((sidecar) => extraContainer(sidecar, sidecarFields(sidecar))),
  ];
}

function sidecarFields({ port: number, probes }: SidecarContainer): Partial<k8s.Container> {
  if (number === undefined) return { restartPolicy: 'Always' };
  const { startup, readiness, liveness } = probes ?? {};
  return {
    restartPolicy: 'Always',
    ports: [{ containerPort: number }],
    ...(startup !== undefined && { startupProbe: portProbe(number, startup) }),
    ...(readiness !== undefined && { readinessProbe: portProbe(number, readiness) }),
    ...(liveness !== undefined && { livenessProbe: portProbe(number, liveness) }),
  };
}

function extraContainer(props: ExtraContainer, more: Partial<k8s.Container>): k8s.Container {
  const [env, envFrom] = [variables(props), variableSources(props)];
  const mounts = Object.entries(props.mounts ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return madeFrom(
    {
      name: props.name,
      image: props.image,
      ...programOf(props),
      ...(envFrom.length > 0 && { envFrom }),
      ...(env.length > 0 && { env }),
      resources: resourceRequirements(props),
      securityContext: restrictedContainer(),
      ...(mounts.length > 0 && {
        volumeMounts: mounts.map(([name, mountPath]) =>
          madeFrom({ name, mountPath }, props, ['mounts', name]),
        ),
      }),
      ...more,
    },
    props,
    containerPaths,
  );
}

/** The path of the prop from which each field of a container is made. */
export const containerPaths = {
  name: ['name'],
  image: ['image'],
  resources: ['resources'],
  env: ['environment'],
  envFrom: ['envFrom'],
  command: ['command'],
  args: ['args'],
  startupProbe: ['probes', 'startup'],
  readinessProbe: ['probes', 'readiness'],
  livenessProbe: ['probes', 'liveness'],
  ports: ['port'],
} as const;

export function programOf({ command, args }: ContainerProgram): Pick<k8s.Container, 'command' | 'args'> {
  return {
    ...(command !== undefined && { command: [...command] }),
    ...(args !== undefined && { args: [...args] }),
  };
}

/** @param volumes the names of the pod's volumes */
export function extraContainerProblems(
  { initContainers = [], sidecars = [] }: ExtraContainers,
  volumes: readonly string[],
): (PropProblem | undefined)[] {
  const names = [...initContainers, ...sidecars].map(({ name }) => name);
  const problems = (group: string) => (container: SidecarContainer, index: number) =>
    containerProblems(container, [group, index], volumes, names);
  return [...initContainers.flatMap(problems('initContainers')), ...sidecars.flatMap(problems('sidecars'))];
}

function containerProblems(
  container: SidecarContainer,
  path: PropSteps,
  volumes: readonly string[],
  names: readonly string[],
): (PropProblem | undefined)[] {
  const missing = missingProblems(container, ['name', 'image', ...requiredResources]);
  if (missing.length > 0) return missing.map((each) => ({ ...each, path: [...path, ...each.path] }));
  const { name, image, resources, mounts = {}, probes = {} } = container;
  return [
    ruleProblem([...path, 'name'], name, volumeName),
    names.filter((each) => each === name).length > 1
      ? {
          path: [...path, 'name'],
          message: `is ${name}, the name of another container; choose a different name`,
        }
      : undefined,
    ruleProblem([...path, 'image'], image, imageReference),
    ...resourceProblems(resources, [...path, 'resources']),
    ...fieldsProblems(
      { ...programFields, mounts: optional(mountsField), port: optional(sidecarPort) },
      container,
      path,
    ),
    ...environmentProblems(container).map(
      (problem) => problem && { ...problem, path: [...path, ...problem.path] },
    ),
    ...Object.keys(mounts)
      .filter((volume) => !volumes.includes(volume))
      .map((volume) => ({ path: [...path, 'mounts', volume], message: unknownVolume(volume, volumes) })),
    ...Object.entries(probes).flatMap(([kind, probe]) => probeProblems([...path, 'probes', kind], probe)),
    container.port === undefined && Object.keys(probes).length > 0
      ? {
          path: [...path, 'probes'],
          message: 'needs the port that the container listens on; set port, or remove probes',
        }
      : undefined,
  ];
}

/** The message for a volume that the pod doesn't have. */
export function unknownVolume(volume: string, volumes: readonly string[]): string {
  const known = volumes.join(', ') || 'no volumes; add one under volumes';
  return `is not a volume of the pod${didYouMean(volume, volumes) || `; the pod has ${known}`}`;
}
