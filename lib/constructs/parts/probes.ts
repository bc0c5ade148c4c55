import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { failureThreshold, program, seconds, urlPath } from '../../kubernetes/value-rule';
import { filledList, groupField, numberField, optional, required, textField } from '../fields/field';
import { type PropProblem, ruleProblem } from '../props-error';
import type { PropSteps } from './provenance';

/** When a probe asks, and how many failures it takes. */
export interface ProbeTiming {
  /** @default 0: it asks from the start */
  readonly initialDelaySeconds?: number;
  /** @default 10 */
  readonly periodSeconds?: number;
  /** @default 1: an answer that takes longer is a failure */
  readonly timeoutSeconds?: number;
  /** @default 3 failures in a row */
  readonly failureThreshold?: number;
}

/** A probe of the container's port. */
export interface PortProbe extends ProbeTiming {
  /** The URL path that must answer with a status from 200 to 399. @default only that the port accepts */
  readonly path?: string;
}

/**
 * A probe without `host`: it asks the pod itself. Unset timing is left out, so that Kubernetes' own defaults
 * stay visible as such.
 */
export function portProbe(port: number, { path, ...timing }: PortProbe): k8s.Probe {
  const target = k8s.IntOrString.fromNumber(port);
  return path === undefined
    ? { tcpSocket: { port: target }, ...timing }
    : { httpGet: { path, port: target }, ...timing };
}

/** What the API server would refuse of a probe, and a path that no request can ask for. */
export function probeProblems(path: PropSteps, probe: PortProbe): (PropProblem | undefined)[] {
  return [
    ruleProblem([...path, 'path'], probe.path, urlPath),
    ruleProblem([...path, 'initialDelaySeconds'], probe.initialDelaySeconds, seconds(0)),
    ruleProblem([...path, 'periodSeconds'], probe.periodSeconds, seconds(1)),
    ruleProblem([...path, 'timeoutSeconds'], probe.timeoutSeconds, seconds(1)),
    ruleProblem([...path, 'failureThreshold'], probe.failureThreshold, failureThreshold),
  ];
}

/** A probe that runs a shell command in the container: exit code 0 is success. */
export function shellProbe(command: string, timing: ProbeTiming): k8s.Probe {
  return { exec: { command: ['sh', '-c', command] }, ...timing };
}

/** A probe that runs a program in the container: exit code 0 is success. */
export interface CommandProbe extends ProbeTiming {
  /** The program and its arguments. No shell reads them. */
  readonly command: readonly string[];
}

const timingFields = {
  initialDelaySeconds: optional(numberField(seconds(0))),
  periodSeconds: optional(numberField(seconds(1))),
  timeoutSeconds: optional(numberField(seconds(1))),
  failureThreshold: optional(numberField(failureThreshold)),
};

/** How a container without a port is asked how it is. */
export interface CommandProbes {
  /** Until it succeeds once, `liveness` waits; if it never does, the container is restarted. @default the container has started */
  readonly startup?: CommandProbe;
  /** When it fails, the container is restarted. @default nothing restarts a container that hangs */
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
