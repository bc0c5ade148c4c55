import type { EditValue } from '../../../input/yaml-value';
import { type AdoptAnswer, ambiguous, found, type OpenValue, stateValue } from '../resolver';

/** The answer of one node, or for one port of a node. */
export interface NodeCandidate {
  readonly origin: string;
  /** The same string for answers with the same meaning. */
  readonly key: string;
  readonly value: EditValue;
  /** The value as messages show it. */
  readonly shown: string;
}

/** The value, if all nodes give the same answer. */
export function agreedAnswer({ path }: OpenValue, candidates: readonly NodeCandidate[]): AdoptAnswer {
  const groups = [...new Set(candidates.map(({ key }) => key))].map((key) =>
    candidates.filter((candidate) => candidate.key === key),
  );
  const [first] = candidates;
  if (first !== undefined && groups.length === 1) return found(stateValue(path, first.value));
  return ambiguous(
    groups.map((group) => `${group[0]?.shown} (${group.map(({ origin }) => origin).join(', ')})`),
  );
}
