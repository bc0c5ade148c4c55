import { parseQuantity } from '../../kubernetes/quantity';
import type { WebServiceConfig, WorkerConfig } from '../config/schema/applications';

/** A workload that can be autoscaled. */
type ScaledConfig = WebServiceConfig | WorkerConfig;

/** Remarks to print before an autoscaled workload is applied; none while its autoscaling is off. */
export function autoscalingRemarks(namespace: string, name: string, service: ScaledConfig): string[] {
  const { autoscaling } = service;
  if (autoscaling?.enabled !== true) return [];
  return [
    `Deployment ${name} no longer sets replicas: its autoscaler does. The apply that removes the field resets it`,
    'to 1. To prevent that, delete the line "replicas" from the last applied configuration first:',
    `  kubectl apply edit-last-applied deployment/${name} -n ${namespace}`,
    ...memoryRemarks(name, service, autoscaling),
  ];
}

function memoryRemarks(
  name: string,
  { resources }: ScaledConfig,
  { memoryPercent, usualMemory, maxReplicas }: NonNullable<WebServiceConfig['autoscaling']>,
): string[] {
  if (usualMemory === undefined || memoryPercent === undefined) return [];
  const target = ((parseQuantity(resources.memory.request) ?? 0) * memoryPercent) / 100;
  if ((parseQuantity(usualMemory) ?? 0) <= target) return [];
  const mebibytes = Math.floor(target / 2 ** 20);
  return [
    `${memoryPercent} % of the memory request of ${resources.memory.request} is ${mebibytes}Mi, and ${name} normally uses up to ${usualMemory}, so the`,
    `autoscaler may keep it at ${maxReplicas} pods permanently. Raise its memory request, or autoscaling.memoryPercent.`,
  ];
}
