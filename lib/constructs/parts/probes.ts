import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { failureThreshold, program, seconds, urlPath } from '../../kubernetes/value-rule';
import { filledList, groupField, numberField, optional, required, textField } from '../fields/field';
import { type PropProblem, ruleProblem } from '../props-error';
import type { PropSteps } from './provenance';

/** When a probe runs, and how many failures it tolerates. */
export interface ProbeTiming {
  /** @default 0: the probe starts with the container */
  readonly initialDelaySeconds?: number;
  /** @default 10 */
  readonly periodSeconds?: number;
  /** @default 1: a response that takes longer is a failure */
  readonly timeoutSeconds?: number;
  /** @default 3 failures in a row */
  readonly failureThreshold?: number;
}

/** A probe of the container's port. */
export interface PortProbe extends ProbeTiming {
  /**
   * The URL path. The response must have a status from 200 to 399. @default no path: the port must accept a
   * connection
   */
  readonly path?: string;
}

/**
 * A probe of the pod itself, so `host` is not set. Timing that is not set is left out, so that Kubernetes'
 * defaults apply.
 */
export function portProbe(port: number, { path, ...timing }: PortProbe): k8s.Probe {
  const target = k8s.IntOrString.fromNumber(port);
  return path === undefined
    ? { tcpSocket: { port: target }, ...timing }
    : { httpGet: { path, port: target }, ...timing };
}

/** Reports values of a probe that the API server refuses, and paths that are not valid in a request. */
export function probeProblems(path: PropSteps, probe: PortProbe): (PropProblem | undefined)[] {
  return [
    ruleProblem([...path, 'path'], probe.path, urlPath),
    ruleProblem([...path, 'initialDelaySeconds'], probe.initialDelaySeconds, seconds(0)),
    ruleProblem([...path, 'periodSeconds'], probe.periodSeconds, seconds(1)),
    ruleProblem([...path, 'timeoutSeconds'], probe.timeoutSeconds, seconds(1)),
    ruleProblem([...path, 'failureThreshold'], probe.failureThreshold, failureThreshold),
  ];
}

/** The probes of a service's pods. */
export interface ServiceProbes {
  /**
   * The other probes start after the startup probe has succeeded once. If the startup probe fails, the
   * container is restarted.
   */
  readonly startup: PortProbe;
  /**
   * While the readiness probe fails, the pod gets no traffic. The probe should not depend on a database,
   * because then all pods fail at the same time.
   */
  readonly readiness: PortProbe;
  /**
   * If the liveness probe fails, the container is restarted. @default a container that hangs is not restarted
   */
  readonly liveness?: PortProbe;
}

interface ProbedService {
  readonly port: number;
  readonly probes: ServiceProbes;
}

/** The paths of the required props of a service. */
export const requiredServiceProps = ['port', 'probes.startup', 'probes.readiness'];

/** The port and the probes of a service's container. */
export function serviceProbes({ port, probes }: ProbedService): Partial<k8s.Container> {
  const { startup, readiness, liveness } = probes;
  return {
    ports: [{ containerPort: port }],
    startupProbe: portProbe(port, startup),
    readinessProbe: portProbe(port, readiness),
    ...(liveness !== undefined && { livenessProbe: portProbe(port, liveness) }),
  };
}

export function serviceProbeProblems({ probes }: ProbedService): (PropProblem | undefined)[] {
  return Object.entries(probes).flatMap(([name, probe]) => probeProblems(['probes', name], probe));
}

/** A probe that runs a shell command in the container: exit code 0 is success. */
export function shellProbe(command: string, timing: ProbeTiming): k8s.Probe {
  return { exec: { command: ['sh', '-c', command] }, ...timing };
}

/** A probe that runs a program in the container: exit code 0 is success. */
export interface CommandProbe extends ProbeTiming {
  /** The program and its arguments. They are run without a shell. */
  readonly command: readonly string[];
}

const timingFields = {
  initialDelaySeconds: optional(numberField(seconds(0))),
  periodSeconds: optional(numberField(seconds(1))),
  timeoutSeconds: optional(numberField(seconds(1))),
  failureThreshold: optional(numberField(failureThreshold)),
};

/** The probes of a container without a port. */
export interface CommandProbes {
  /**
   * `liveness` starts after the startup probe has succeeded once. If the startup probe fails, the container
   * is restarted. @default `liveness` starts with the container
   */
  readonly startup?: CommandProbe;
  /**
   * If the liveness probe fails, the container is restarted. @default a container that hangs is not restarted
   */
  readonly liveness?: CommandProbe;
}

const commandField = groupField<CommandProbe>({
  command: required(filledList(textField(program))),
  ...timingFields,
});

export const commandProbesField = groupField<CommandProbes>({
  startup: optional(commandField),
  liveness: optional(commandField),
});

export function commandProbe({ command, ...timing }: CommandProbe): k8s.Probe {
  return { exec: { command: [...command] }, ...timing };
}
