import type { EditValue } from '../../../input/yaml-value';
import { type AdoptAnswer, ambiguous, found, type OpenValue, stateValue } from '../resolver';

/** What one node, or one port of a node, answers. */
export interface NodeCandidate {
  readonly origin: string;
  /** Equal for answers that mean the same. */
  readonly key: string;
  readonly value: EditValue;
  /** The value as a message may show it. */
  readonly shown: string;
}

/** The value on which all nodes agree. */
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
