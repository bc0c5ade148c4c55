import { type AlertingRule, alertsOf } from './rule';

/** A declared source of series: a scraped target, or a program that pushes. */
export interface Emitter {
  readonly job: string;
}

/** A rule that could never fire. */
export interface EmitterProblem {
  /** The rule's name. */
  readonly rule: string;
  /** What is wrong and what to do; the text follows the rule's name. */
  readonly message: string;
}

/**
 * Finds the rules whose series no declared target emits: they could never fire.
 *
 * @param emitters all sources of series
 */
export function checkEmitters(
  rules: readonly AlertingRule[],
  emitters: readonly Emitter[],
): EmitterProblem[] {
  const known = emitters.map(({ job }) => job);
  return alertsOf(rules)
    .filter(({ emittedBy }) => !known.includes(emittedBy))
    .map(({ name, emittedBy, series }) => {
      const read = series.map((each) => each.name).join(' and ');
      const declared =
        known.length === 0 ? 'none is declared' : `the targets are ${known.map(quote).join(', ')}`;
      const message = `reads ${read} of the target ${quote(emittedBy)}, which isn't declared (${declared}), so it could never fire. Declare the target, or remove the alert`;
      return { rule: name, message };
    });
}

function quote(text: string): string {
  return `"${text}"`;
}
