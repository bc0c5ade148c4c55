import type { KubernetesObject } from '../../../documents/kubernetes';
import { findRefusedChanges } from '../../../kubernetes/lifecycle/refused-changes';
import { deleteCommand, inNamespace, resourceOf } from '../../../kubernetes/objects/kubectl';
import { kindOf } from '../../../kubernetes/objects/object-key';
import { valueAt } from '../../../kubernetes/path';
import { claimFactsOf } from '../../../kubernetes/storage/claim-facts';
import { describeValues } from '../changes';
import type { Consequence } from '../consequence';
import type { ObjectChanges } from './objects';

/** Changes of immutable fields, which the API server refuses, and what to do instead. */
export function refused({ changed, base, head }: ObjectChanges): Consequence[] {
  const { mayGrow } = claimFactsOf(head.manifests);
  const { isBound } = claimFactsOf(base.manifests);
  return changed.flatMap(({ name, before, after }) =>
    findRefusedChanges(before, after, { isBound, mayGrow }).map(({ path, limit, isHidden }): Consequence => {
      const values = isHidden ? 'changes' : describeValues(valueAt(before, path), valueAt(after, path));
      const rule = limit === undefined ? 'The field is immutable' : `The field must ${limit}`;
      return {
        ...{ class: 'fails', side: 'kubernetes', object: name, field: path },
        reason: `${values}. ${rule}. The API server refuses the change, and the apply stops halfway, after other objects have been applied.`,
        wayOut: wayOut(after, before, path),
      };
    }),
  );
}

function wayOut(object: KubernetesObject, before: KubernetesObject, path: string): string {
  const remove = deleteCommand(before);
  if (path === 'spec.updateStrategy.rollingUpdate')
    return `Before the apply: kubectl patch ${resourceOf(before)}${inNamespace(before)} --type=merge -p '{"spec":{"updateStrategy":{"type":"OnDelete","rollingUpdate":null}}}'`;
  if (path === 'spec.resources.requests.storage') return keepSize(before, path);
  switch (kindOf(object)) {
    case 'Deployment':
    case 'DaemonSet':
    case 'StatefulSet':
      return path === 'spec.selector'
        ? `Keep the selector. Otherwise give the workload a new name, and delete the old one when the new one is ready: ${remove}`
        : `Before the apply, delete the workload but keep its pods running: ${remove} --cascade=orphan. The apply then creates the workload again.`;
    case 'Pod':
      return `Before the apply: ${remove}. The apply then creates the pod again. A Deployment would replace its pods by itself.`;
    case 'Job':
      return `Use a new name for each template. To run the Job again under this name: ${remove}`;
    case 'PersistentVolumeClaim':
      return 'Keep the claim. Create another one with a new name, and copy the data while no pod writes.';
    case 'Service':
      return `Keep ${path}. Otherwise run this before the apply: ${remove}. The Service is unavailable until the apply.`;
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return `Before the apply: ${remove}. The subjects have no permissions until the apply.`;
    case 'PriorityClass':
    case 'StorageClass':
      return 'Give the class a new name, and use the new name in the claims.';
    case 'ConfigMap':
    case 'Secret':
      return 'Give the object a new name, and use the new name in the pods, which then restart.';
    default:
      return 'Give the object a new name, or delete the existing object before the apply. The deletion may also delete its pods and data.';
  }
}

function keepSize(claim: KubernetesObject, path: string): string {
  const size = String(valueAt(claim, path));
  return `Keep ${size}. The size of a local-path volume is not enforced. To use another volume, create a claim with a new name and copy the data.`;
}
