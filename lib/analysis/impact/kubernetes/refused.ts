import type { KubernetesObject } from '../../../documents/kubernetes';
import { valueAt } from '../../../kubernetes/path';
import { refusedChanges } from '../../rules/rollout/immutable-fields';
import { describeValues } from '../changes';
import type { Consequence } from '../consequence';
import { deleteCommand } from './left-behind';
import type { ObjectChanges } from './objects';

/** What an apply can't change, with what to do instead. */
export function refused({ changed }: ObjectChanges): Consequence[] {
  return changed.flatMap(({ name, before, after }) =>
    refusedChanges(after, before).map(({ path }): Consequence => {
      // What a whole pod says may hold a password, and is too long to be read.
      const isSecret = after.kind === 'Pod' || (after.kind === 'Secret' && path !== 'type');
      const values = isSecret ? 'changes' : describeValues(valueAt(before, path), valueAt(after, path));
      return {
        ...{ class: 'fails', side: 'kubernetes', object: name, field: path },
        reason: `${values}. It can't be changed in what runs: the API server refuses the apply halfway, with what came before it already applied.`,
        wayOut: wayOut(after, before, path),
      };
    }),
  );
}

function wayOut(object: KubernetesObject, before: KubernetesObject, path: string): string {
  const remove = deleteCommand(before);
  switch (object.kind) {
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
      return `Leave the address to the cluster, as before. Otherwise ${remove} first: it does not answer until the apply.`;
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
