import type { ServicePort } from '../../../imports/kubernetes/kinds';

type TargetPort = ServicePort['targetPort'];

/** Whether a Service port sets its target port. The API server replaces 0 and "" with the default. */
export function isTargetStated(target: TargetPort): target is number | string {
  return target !== undefined && target !== 0 && target !== '';
}

/** The target port of a Service port: a number or a name. */
export function targetPortOf({ port, targetPort }: ServicePort): number | string | undefined {
  return isTargetStated(targetPort) ? targetPort : port;
}
