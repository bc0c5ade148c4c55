import type { ServicePort } from '../../../imports/kubernetes/kinds';

type TargetPort = ServicePort['targetPort'];

/** The API server replaces a target port of 0 or "" by its default. */
export function isTargetStated(target: TargetPort): target is number | string {
  return target !== undefined && target !== 0 && target !== '';
}

/** The port of the pods that a Service sends to: a number, or the name of a port. */
export function targetPortOf({ port, targetPort }: ServicePort): number | string | undefined {
  return isTargetStated(targetPort) ? targetPort : port;
}
