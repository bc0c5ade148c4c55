import { leftBehindObjects, takenAlongWith } from '../analysis/impact/kubernetes/left-behind';
import type { KubernetesObject } from '../documents/kubernetes';
import { deleteCommand } from '../kubernetes/objects/kubectl';
import { kindOf } from '../kubernetes/objects/object-key';

/**
 * The objects that an apply leaves running, with the commands. Of what takes data or the edge along only the fact is told:
 * nobody should delete that by pasting a list.
 */
export function leftBehindText(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): string {
  const lines = leftBehindObjects(before, after).map((object) => {
    const taken = takenAlongWith(object);
    return taken === undefined
      ? `  ${deleteCommand(object)}`
      : `  # ${kindOf(object)} ${object.metadata.name} is left too; ${taken}`;
  });
  if (lines.length === 0) return '';
  return `\nNo longer described, and left running by any apply. Once the rest is applied:\n${lines.join('\n')}\n`;
}
