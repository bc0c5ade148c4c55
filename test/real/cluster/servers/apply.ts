import type { KubernetesObject } from '../../../../lib/documents/kubernetes';
import type { Output } from '../../../../lib/documents/output';
import { describeObject } from '../../../../lib/kubernetes/objects/object-key';
import type { Run } from '../../../support/command';
import { root } from '../../../support/configuration';
import type { ControlPlane } from './control-plane';
import { kubectl, kubectlOrThrow } from './kubectl';

export type Verdict = 'accepted' | 'refused';

/** What the API server answered to an apply. */
export interface Answered {
  readonly server: Verdict;
  /** Its first sentence; empty where it accepted. */
  readonly words: string;
}

/** The objects of `head` that are new or differ from those of `base`. */
export function changedObjects(base: Output, head: Output): KubernetesObject[] {
  const before = byName(base);
  return [...byName(head)].flatMap(([name, object]) =>
    JSON.stringify(before.get(name)) === JSON.stringify(object) ? [] : [object],
  );
}

/** The objects of `base` that `head` does not have. */
export function removedObjects(base: Output, head: Output): KubernetesObject[] {
  const after = byName(head);
  return [...byName(base)].flatMap(([name, object]) => (after.has(name) ? [] : [object]));
}

function byName({ objects }: Output): Map<string, KubernetesObject> {
  return new Map(objects.map(({ object }) => [describeObject(object), object]));
}

/** A client-side apply, as the README says. */
export async function apply(
  controlPlane: ControlPlane,
  objects: readonly KubernetesObject[],
): Promise<Answered> {
  if (objects.length === 0) return { server: 'accepted', words: '' };
  return answerOf(await kubectl(controlPlane, ['apply', '-f', '-'], listOf(objects)));
}

/** What kubectl says that the server answered. */
export function answerOf({ status, stderr }: Pick<Run, 'status' | 'stderr'>): Answered {
  return status === 0
    ? { server: 'accepted', words: '' }
    : { server: 'refused', words: firstSentence(stderr) };
}

/** Deletes objects, and waits until they and their pods are gone. */
export async function remove(
  controlPlane: ControlPlane,
  objects: readonly KubernetesObject[],
): Promise<void> {
  if (objects.length === 0) return;
  const args = ['delete', '--ignore-not-found', '--cascade=foreground', '--timeout=60s', '-f', '-'];
  await kubectlOrThrow(controlPlane, args, listOf(objects));
}

function listOf(items: readonly KubernetesObject[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

const longest = 200;

/** The first line of an error, without warnings and without what is another in every run. */
function firstSentence(stderr: string): string {
  const lines = stderr.split(/\s*\n/).filter((line) => line !== '' && !line.startsWith('Warning'));
  const [first = '', second = ''] = lines;
  // What comes between "error when applying patch:" and the error is the patch.
  const last = lines.find((line) => line.startsWith('for: ')) ?? first;
  const text = first.endsWith('patch:') ? last : first.endsWith(':') ? `${first} ${second}` : first;
  const same = text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uid>')
    .replaceAll(`${root}/`, '')
    .replace(/\s+/g, ' ')
    .trim();
  return same.length <= longest ? same : `${same.slice(0, longest)}...`;
}
