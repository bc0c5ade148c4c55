import { parseQuantity } from '../../kubernetes/quantity';
import type { WebServiceConfig, WorkerConfig } from '../config/schema/applications';

/** A workload that may be autoscaled. */
type ScaledConfig = WebServiceConfig | WorkerConfig;

/** What an operator must know before the first apply of an autoscaled service; nothing while it is off. */
export function autoscalingRemarks(namespace: string, name: string, service: ScaledConfig): string[] {
  const { autoscaling } = service;
  if (autoscaling?.enabled !== true) return [];
  return [
    `Deployment ${name} states no replicas any more: its autoscaler owns the count. An apply that drops them resets it`,
    'to 1, so before the first one delete the line "replicas" from what was applied last:',
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
    `${memoryPercent} % of the memory request of ${resources.memory.request} is ${mebibytes}Mi, and ${name} uses up to ${usualMemory} in peace: it may`,
    `stay at ${maxReplicas} pods for good. Raise its memory request, or autoscaling.memoryPercent.`,
  ];
}
