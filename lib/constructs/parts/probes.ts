import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { failureThreshold, seconds, urlPath } from '../../kubernetes/value-rule';
import { type PropProblem, ruleProblem } from '../props-error';

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
export function probeProblems(path: readonly string[], probe: PortProbe): (PropProblem | undefined)[] {
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
