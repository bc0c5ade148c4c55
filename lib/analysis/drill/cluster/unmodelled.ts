import type { Container, PodSpec } from '../../../../imports/kubernetes/kinds';
import { isPaused } from '../../../kubernetes/rollout/rollout-strategy';
import type { Pod } from '../../../kubernetes/workloads/pods';
import type { Field } from './workload';

/** Fields of a pod that decide where it runs or whether it is ready, and that a drill knows nothing of. */
const podFields: readonly (keyof PodSpec)[] = [
  'nodeName',
  'overhead',
  'readinessGates',
  'resourceClaims',
  'resources',
  'runtimeClassName',
  'schedulingGates',
];

/** What the scheduler counts. Disks are taken to be large enough (docs/drill.md). */
const counted = ['cpu', 'memory', 'ephemeral-storage'];

/**
 * Volumes that every node can mount, and those that volumes.ts models. Other volumes may be bound to a node, or
 * detached late.
 */
const anywhere = [
  ...['configMap', 'downwardAPI', 'emptyDir', 'image', 'projected', 'secret'],
  ...['ephemeral', 'persistentVolumeClaim'],
];

/** The fields of a workload that are not modelled and could change an answer. */
export function unmodelledFields({ object, path, spec, namespace }: Pod): Field[] {
  const at = (field: string): Field => ({ object, path: `${path}.${field}` });
  const isDaemon = object.kind === 'DaemonSet';
  return [
    ...podFields.filter((field) => spec[field] !== undefined).map(at),
    ...(['default-scheduler', undefined].includes(spec.schedulerName) ? [] : [at('schedulerName')]),
    ...(spec.hostNetwork === true && !isDaemon && namespace !== 'kube-system' ? [at('hostNetwork')] : []),
    ...(isPaused(object) ? [{ object, path: 'spec.paused' }] : []),
    ...(['initContainers', 'containers'] as const).flatMap((list) =>
      (spec[list] ?? []).flatMap((container, index) =>
        containerFields(container, isDaemon).map((field) => at(`${list}[${index}].${field}`)),
      ),
    ),
    ...(isDaemon ? [] : (spec.volumes ?? [])).flatMap((volume, index) =>
      Object.keys(volume)
        .filter((type) => type !== 'name' && !anywhere.includes(type))
        .map((type) => at(`volumes[${index}].${type}`)),
    ),
  ];
}

function containerFields({ resources, ports = [] }: Container, isDaemon: boolean): string[] {
  const requested = { ...resources?.limits, ...resources?.requests };
  return [
    ...Object.keys(requested)
      .filter((resource) => !counted.includes(resource))
      .map((resource) => `resources.requests["${resource}"]`),
    ...ports.flatMap(({ hostPort }, index) =>
      hostPort === undefined || isDaemon ? [] : [`ports[${index}].hostPort`],
    ),
  ];
}
