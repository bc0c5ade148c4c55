import type { KubernetesObject } from '../../../documents/kubernetes';
import { findRefusedChanges } from '../../../kubernetes/lifecycle/refused-changes';
import { deleteCommand, inNamespace, resourceOf } from '../../../kubernetes/objects/kubectl';
import { kindOf } from '../../../kubernetes/objects/object-key';
import { valueAt } from '../../../kubernetes/path';
import { claimFactsOf } from '../../../kubernetes/storage/claim-facts';
import { describeValues } from '../changes';
import type { Consequence } from '../consequence';
import type { ObjectChanges } from './objects';

/** What an apply can't change, with what to do instead. */
export function refused({ changed, base, head }: ObjectChanges): Consequence[] {
  const { mayGrow } = claimFactsOf(head.manifests);
  const { isBound } = claimFactsOf(base.manifests);
  return changed.flatMap(({ name, before, after }) =>
    findRefusedChanges(before, after, { isBound, mayGrow }).map(({ path, limit, isHidden }): Consequence => {
      const values = isHidden ? 'changes' : describeValues(valueAt(before, path), valueAt(after, path));
      const rule = limit === undefined ? "It can't be changed in what runs" : `It must ${limit}`;
      return {
        ...{ class: 'fails', side: 'kubernetes', object: name, field: path },
        reason: `${values}. ${rule}: the API server refuses the apply halfway, with what came before it already applied.`,
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
        ? `Keep the selector. Otherwise give the workload a new name, and delete the old one when the new one answers: ${remove}`
        : `${remove} --cascade=orphan keeps its pods running while the apply makes it anew.`;
    case 'Pod':
      return `${remove} first, and the apply starts it anew. A Deployment replaces its pods by itself.`;
    case 'Job':
      return `Give it a new name for each template. To run it again under this one: ${remove}`;
    case 'PersistentVolumeClaim':
      return 'Keep the claim, make another under a new name, and copy the data while nothing writes.';
    case 'Service':
      return `Keep ${path} as before. Otherwise ${remove} first: it does not answer until the apply.`;
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return `${remove} first: its subjects have nothing until the apply.`;
    case 'PriorityClass':
    case 'StorageClass':
      return 'Give the class a new name, and name that one where it is used.';
    case 'ConfigMap':
    case 'Secret':
      return 'Give it a new name, and name that one in the pods: then they restart with it, too.';
    default:
      return 'Give it a new name, or delete the running object first, knowing what that takes with it.';
  }
}

function keepSize(claim: KubernetesObject, path: string): string {
  const size = String(valueAt(claim, path));
  return `Keep ${size}. A volume of local-path has what its node's disk has, whatever the claim says. To move, make a claim of another name and copy the data.`;
}
