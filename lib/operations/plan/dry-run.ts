import type { Json, JsonMap, KubernetesObject } from '../../documents/kubernetes';
import { patchTypes, refusal } from '../cluster/client';
import type { ClusterConnection } from '../cluster/connection';
import { fieldManager } from '../cluster/field-owners';
import type { LiveObject } from '../cluster/live-object';
import type { Adoption } from './adoption';

/** The API server's answer to an apply that stores nothing. */
export type DryRun =
  | { readonly kind: 'result'; readonly object: LiveObject }
  /** A dry run is not possible yet: it needs an object of the same deployment, such as the namespace. */
  | { readonly kind: 'later' }
  | { readonly kind: 'refused'; readonly message: string };

/** Runs a server-side apply with dryRun, as our field manager. */
export async function dryRun(
  { client }: ClusterConnection,
  path: string,
  desired: KubernetesObject,
  live: LiveObject | undefined,
  adoption: Adoption | undefined,
): Promise<DryRun> {
  if (live !== undefined && adoption !== undefined && adoption.patch.length > 1)
    return dryRunAdoption(client, path, desired, live, adoption);
  const query = `?dryRun=All&fieldManager=${fieldManager}&force=true&fieldValidation=Strict`;
  return resultOf(path, await client.send('PATCH', path + query, desired, patchTypes.apply));
}

/**
 * A dry run can't include the handover of fields, because it stores no new owner. Instead, it sends a merge patch that
 * also removes the fields that the apply would remove.
 */
async function dryRunAdoption(
  client: ClusterConnection['client'],
  path: string,
  desired: KubernetesObject,
  live: LiveObject,
  { removed, patch }: Adoption,
): Promise<DryRun> {
  const isRecreated = patch.some((each) => each['path'] === '/spec/strategy');
  const body = withRemovals(desired, removed, isRecreated);
  const isBuiltIn = !/\./.test(live.apiVersion.split('/')[0] ?? '') || live.apiVersion.includes('.k8s.io/');
  const type = isBuiltIn ? patchTypes.strategic : patchTypes.merge;
  return resultOf(
    path,
    await client.send('PATCH', `${path}?dryRun=All&fieldManager=${fieldManager}`, body, type),
  );
}

function resultOf(path: string, answer: { readonly code: number; readonly body: unknown }): DryRun {
  if (answer.code >= 200 && answer.code < 300) return { kind: 'result', object: answer.body as LiveObject };
  // The namespace does not exist yet: the same deployment creates it.
  if (answer.code === 404) return { kind: 'later' };
  return { kind: 'refused', message: refusal('PATCH', path, answer).message };
}

type Draft = { [key: string]: Json | undefined };

/** Turns a manifest into a strategic merge patch that also removes fields: null for a key, `$patch: delete` for a list item. */
export function withRemovals(
  desired: KubernetesObject,
  removed: readonly string[],
  isRecreated: boolean,
): JsonMap {
  const draft = structuredClone(desired) as unknown as Draft;
  for (const path of removed)
    remove(draft, [...path.matchAll(/\[("(?:[^"\\]|\\.)*")\]|\[([^\]]*)\]|([^.[\]]+)/g)]);
  if (isRecreated) (draft['spec'] as Draft)['strategy'] = { type: 'Recreate', rollingUpdate: null };
  return draft;
}

function remove(value: Draft, [step, next, ...rest]: RegExpMatchArray[]): void {
  if (step === undefined) return;
  const [, quoted, , plain = ''] = step;
  const key = quoted === undefined ? plain : (JSON.parse(quoted) as string);
  if (next === undefined) {
    value[key] = null;
    return;
  }
  const item = next[2];
  if (item === undefined) {
    const below = (value[key] ?? {}) as Draft;
    value[key] = below;
    remove(below, [next, ...rest]);
    return;
  }
  // A list item without a name can't be selected in the patch: the dry run keeps it, although the apply removes it.
  if (/^\d+$/.test(item)) return;
  const items = (value[key] ?? []) as unknown as Draft[];
  value[key] = items as unknown as Json;
  const found = items.find((each) => each['name'] === item);
  if (found !== undefined) remove(found, rest);
  else items.push({ name: item, $patch: 'delete' });
}
