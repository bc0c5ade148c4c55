import { findBrokenMerges } from '../../../kubernetes/lifecycle/list-merge';
import { rules } from '../../rules';
import type { Finding } from '../../rules/finding';
import { findingsOf } from '../../rules/run';
import type { Consequence } from '../consequence';
import type { ObjectChanges, Objects } from './objects';

const refusing = rules.filter((rule) => rule.refusedByServer === true);

/**
 * Errors for which the API server refuses an object of the new output. Errors that the old output also has are left
 * out, because the API server accepted that object before.
 */
export function refusedByServer({ base, head, changed }: ObjectChanges): Consequence[] {
  const found = findingsIn(head);
  if (found.length === 0) return [];
  const accepted = new Set(findingsIn(base).map(identityOf));
  // kubectl merges repeated items of a list before the API server receives them, except for repeated volumes.
  const merged = changed.flatMap(({ name, before, after }) =>
    findBrokenMerges(before, after)
      .map(({ path }) => ({ name, list: withoutItems(path) }))
      .filter(({ list }) => !list.endsWith('.volumes')),
  );
  const isMerged = ({ object, path }: Finding) =>
    merged.some(({ name, list }) => name === object && withoutItems(path).startsWith(list));
  return found
    .filter((finding) => !accepted.has(identityOf(finding)) && !isMerged(finding))
    .map(({ rule, object, path, message }) => ({
      ...{ class: 'fails', side: 'kubernetes', object, field: path },
      reason: `${message}. The API server refuses the object (rule ${rule.id}).`,
      wayOut: rule.fix,
    }));
}

/**
 * The path without its list items: `containers[0].env[1]` and `containers[cart].env[PORT]` both become
 * `containers.env`.
 */
function withoutItems(path: string): string {
  return path.replaceAll(/\[[^\]]*\]/g, '');
}

function findingsIn({ manifests }: Objects): Finding[] {
  return refusing.flatMap((rule) => findingsOf(rule, rule.check(manifests).faulty, manifests));
}

function identityOf({ rule, object, path, message }: Finding): string {
  return JSON.stringify([rule.id, object, path, message]);
}
