import { type AlertingRule, alertsOf } from './rule';

/** A declared source of series: a scrape target, or a program that pushes metrics. */
export interface Emitter {
  readonly job: string;
}

/** An alert rule that can never fire. */
export interface EmitterProblem {
  /** The rule's name. */
  readonly rule: string;
  /** What is wrong and what to do. A message continues with this text after the rule's name. */
  readonly message: string;
}

/**
 * Finds alert rules that can never fire, because no declared target emits their series.
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
      const message = `reads ${read} of the target ${quote(emittedBy)}, which is not declared (${declared}), so it can never fire. Declare the target, or remove the alert`;
      return { rule: name, message };
    });
}

function quote(text: string): string {
  return `"${text}"`;
}
