import { leftBehindObjects, takenAlongWith } from '../analysis/impact/kubernetes/left-behind';
import type { KubernetesObject } from '../documents/kubernetes';
import { deleteCommand } from '../kubernetes/objects/kubectl';
import { kindOf } from '../kubernetes/objects/object-key';

/**
 * Lists the orphaned objects that an apply leaves in the cluster, with the commands that delete them.
 *
 * No command is printed for objects that contain data or that many other objects need, so that they are not deleted
 * by pasting the list.
 */
export function leftBehindText(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): string {
  const lines = leftBehindObjects(before, after).map((object) => {
    const taken = takenAlongWith(object);
    return taken === undefined
      ? `  ${deleteCommand(object)}`
      : `  # ${kindOf(object)} ${object.metadata.name} also stays; ${taken}`;
  });
  if (lines.length === 0) return '';
  return `\nThese objects are no longer in the configuration, but stay in the cluster, because an apply deletes nothing. To delete them after the apply, run:\n${lines.join('\n')}\n`;
}
