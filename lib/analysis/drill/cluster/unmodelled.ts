import type { Container, PodSpec } from '../../../../imports/kubernetes/kinds';
import { isPaused } from '../../../kubernetes/rollout/rollout-strategy';
import type { Pod } from '../../../kubernetes/workloads/pods';
import type { Field } from './workload';

/** Pod fields that affect scheduling or readiness, but that the drill does not model. */
const podFields: readonly (keyof PodSpec)[] = [
  'nodeName',
  'overhead',
  'readinessGates',
  'resourceClaims',
  'resources',
  'runtimeClassName',
  'schedulingGates',
];

/** Resources that the drill models. Disks are assumed to be large enough (docs/drill.md). */
const counted = ['cpu', 'memory', 'ephemeral-storage'];

/**
 * Volume types that every node can mount, or that volumes.ts models. Volumes of other types may be bound to a node, or
 * detach late.
 */
const anywhere = [
  ...['configMap', 'downwardAPI', 'emptyDir', 'image', 'projected', 'secret'],
  ...['ephemeral', 'persistentVolumeClaim'],
];

/** Lists the fields of a workload that may change a result but are not modelled. */
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
