import type { Drill } from '../analysis/drill/drill';
import type { PlaceOf } from '../analysis/drill/drill-report';
import type { Failure } from '../analysis/drill/failure';
import { type Guarantee, guaranteesOf } from '../analysis/drill/guarantees';
import type { FailureOutcome } from '../analysis/drill/outcome';
import { append } from '../documents/append';
import { describeSeconds } from '../documents/duration';
import { describeObject } from '../kubernetes/objects/object-key';

/**
 * Prints one failure in detail: its effect on each workload, and the guarantees with the fields that they depend on.
 */
export function failureText(drill: Drill, failure: Failure, placeOf: PlaceOf): string {
  const guarantees = guaranteesOf(drill, [failure]);
  const lines = [
    `${failure.id}: ${failure.title}`,
    ...outcomeSentences(drill.playAffected(failure)).map((line) => `  ${line}`),
    ...(guarantees.length === 0
      ? []
      : ['', 'GUARANTEED BY THESE FIELDS, for any placement by the scheduler']),
    ...guarantees.flatMap((guarantee) => guaranteeLines(guarantee, placeOf)).map((line) => `  ${line}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** The outcomes as sentences. Workloads with the same sentence share one line. */
export function outcomeSentences(outcomes: readonly FailureOutcome[]): string[] {
  const workloadsBySentence = new Map<string, string[]>();
  const add = (sentence: string, workload: string) => append(workloadsBySentence, sentence, workload);
  for (const outcome of outcomes) {
    const { workload, notes, unknown, likely } = outcome;
    const main = describe(outcome);
    if (main !== '') add(main, workload);
    for (const note of notes) add(note, workload);
    for (const each of unknown) add(`unknown: ${each}`, workload);
    for (const each of likely) add(`likely, not guaranteed: ${each}`, workload);
  }
  return [...workloadsBySentence].map(([sentence, workloads]) => `${workloads.join(', ')}: ${sentence}`);
}

function describe({ ready, of, running, completes, stuck, recovery, lacks }: FailureOutcome): string {
  const twice = of === 1 && running !== undefined && running > 1;
  return [
    ready === undefined || ready === of ? '' : `${ready} of ${of} stay ready`,
    ready === undefined || ready === of ? '' : recoveryText(recovery),
    completes === false ? `may never end${stuck === undefined ? '' : `: ${stuck}`}` : '',
    twice ? 'may run twice' : '',
    lacks.length > 0 ? `lacks ${lacks.join(', ')}` : '',
  ]
    .filter((part) => part !== '')
    .join('; ');
}

function recoveryText(recovery: FailureOutcome['recovery']): string {
  if (recovery.kind === 'no downtime') return '';
  if (recovery.kind === 'until')
    return `until ${recovery.event}${recovery.why === undefined ? '' : `: ${recovery.why}`}`;
  const { seconds, unboundedParts } = recovery;
  const bounded = seconds === 0 ? 'at once' : `within ${describeSeconds(seconds)}`;
  return `all pods ready again ${bounded}${unboundedParts.length === 0 ? '' : `, plus ${unboundedParts.join(' and ')}`}`;
}

function guaranteeLines({ sentence, because }: Guarantee, placeOf: PlaceOf): string[] {
  const fields = because.map((field) => {
    const { file = describeObject(field.object), line } = placeOf(field) ?? {};
    return `    ${file}${line === undefined ? '' : `:${line}`} ${field.path}`;
  });
  return [sentence, ...fields];
}
