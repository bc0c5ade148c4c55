import type { ServicePort } from '../../../imports/kubernetes/kinds';

type TargetPort = ServicePort['targetPort'];

/** The API server replaces a target port of 0 or "" with the default. */
export function isTargetStated(target: TargetPort): target is number | string {
  return target !== undefined && target !== 0 && target !== '';
}

/** The pod port of a Service port: a number or a name. */
export function targetPortOf({ port, targetPort }: ServicePort): number | string | undefined {
  return isTargetStated(targetPort) ? targetPort : port;
}
