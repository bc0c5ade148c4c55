import { leftBehindObjects, takenAlongWith } from '../analysis/impact/kubernetes/left-behind';
import type { KubernetesObject } from '../documents/kubernetes';
import { deleteCommand } from '../kubernetes/objects/kubectl';
import { kindOf } from '../kubernetes/objects/object-key';

/**
 * The orphaned objects that an apply leaves running, with the commands that delete them. For objects with
 * data, or that many others need, no command is printed: they must not be deleted by pasting a list.
 */
export function leftBehindText(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): string {
  const lines = leftBehindObjects(before, after).map((object) => {
    const taken = takenAlongWith(object);
    return taken === undefined
      ? `  ${deleteCommand(object)}`
      : `  # ${kindOf(object)} ${object.metadata.name} stays too; ${taken}`;
  });
  if (lines.length === 0) return '';
  return `\nNo longer in the configuration, and still in the cluster: an apply deletes nothing. After the apply, run:\n${lines.join('\n')}\n`;
}
