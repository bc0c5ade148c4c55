import { describeSeconds } from '../documents/duration';
import { describeObject } from '../documents/kubernetes';
import type { Drill } from '../drill/drill';
import { type Guarantee, guaranteesOf } from '../drill/guarantees';
import type { FileOf } from '../drill/json';
import type { Outcome } from '../drill/outcome';
import type { Field } from '../drill/workload';

/** The matrix, what goes down and for how long, and what is guaranteed, with the fields that give it. */
export function drillText(drill: Drill, fileOf: FileOf): string {
  const played = drill.failures.map((failure) => ({ title: failure.title, outcomes: drill.play(failure) }));
  const lines = [
    ...table([
      ['when', ...drill.told.map(({ name }) => name)],
      ...played.map(({ title, outcomes }) => [title, ...outcomes.map(cell)]),
    ]),
    '',
    'ok: all its pods stay ready; n/m: n of m do, at least. -: it lacks something that it talks to.',
    '!: it may never end. ?: unknown.',
    '',
    'WHAT GOES DOWN, and for how long at worst',
    ...played.flatMap(({ title, outcomes }) => section(title, sentences(outcomes))),
    '',
    'GUARANTEED, whatever the scheduler has chosen, by these fields',
    ...guarantees(drill, fileOf),
    ...remarks(drill),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function cell({ ready, of, lacks, completes }: Outcome): string {
  const count = ready === undefined ? '?' : ready === of ? 'ok' : `${ready}/${of}`;
  return `${count}${completes === false ? '!' : ''}${lacks.length > 0 ? ' -' : ''}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)];
}

/** What is said of several workloads is said once. */
function sentences(outcomes: readonly Outcome[]): string[] {
  const said = new Map<string, string[]>();
  const say = (sentence: string, workload: string) =>
    said.set(sentence, [...(said.get(sentence) ?? []), workload]);
  for (const outcome of outcomes) {
    const { workload, notes, unknown, likely } = outcome;
    const main = describe(outcome);
    if (main !== '') say(main, workload);
    for (const note of notes) say(note, workload);
    for (const each of unknown) say(`unknown: ${each}`, workload);
    for (const each of likely) say(`likely, and guaranteed by nobody: ${each}`, workload);
  }
  return [...said].map(([sentence, workloads]) => `${workloads.join(', ')}: ${sentence}`);
}

function describe({ ready, of, running, completes, stuck, recovery, lacks }: Outcome): string {
  const twice = of === 1 && running !== undefined && running > 1;
  return [
    ready === undefined || ready === of ? '' : `${ready} of ${of} stay`,
    ready === undefined || ready === of ? '' : recoveryText(recovery),
    completes === false ? `may never end${stuck === undefined ? '' : `: ${stuck}`}` : '',
    twice ? 'may run twice' : '',
    lacks.length > 0 ? `lacks ${lacks.join(', ')}` : '',
  ]
    .filter((part) => part !== '')
    .join('; ');
}

function recoveryText(recovery: Outcome['recovery']): string {
  if (recovery.kind === 'never short') return '';
  if (recovery.kind === 'until')
    return `until ${recovery.event}${recovery.why === undefined ? '' : `: ${recovery.why}`}`;
  const { seconds, besides } = recovery;
  const bounded = seconds === 0 ? 'at once' : `within ${describeSeconds(seconds)}`;
  return `whole again ${bounded}${besides.length === 0 ? '' : `, beside ${besides.join(' and ')}`}`;
}

function guarantees(drill: Drill, fileOf: FileOf): string[] {
  const all = guaranteesOf(drill);
  return drill.failures.flatMap(({ id, title }) =>
    section(
      title,
      all.filter(({ failure }) => failure === id).flatMap((guarantee) => guaranteeLines(guarantee, fileOf)),
    ),
  );
}

function guaranteeLines({ sentence, because }: Guarantee, fileOf: FileOf): string[] {
  const byObject = new Map<string, string[]>();
  for (const field of because) {
    const object = objectText(field, fileOf);
    byObject.set(object, [...(byObject.get(object) ?? []), field.path]);
  }
  return [sentence, ...[...byObject].map(([object, paths]) => `    ${object}: ${paths.join(', ')}`)];
}

function objectText({ object }: Field, fileOf: FileOf): string {
  const file = fileOf(object);
  return `${file === undefined ? '' : `${file} `}${describeObject(object)}`;
}

function remarks({ told, cluster }: Drill): string[] {
  const fields = told.flatMap(({ unmodelled }) =>
    unmodelled.map(({ object, path }) => `  ${describeObject(object)}: ${path}`),
  );
  const nodes = cluster.facts.nodes.filter(({ reserved }) => reserved === undefined).map(({ name }) => name);
  return [
    ...(fields.length === 0 ? [] : ['', 'NOT MODELLED, so that these workloads are unknown', ...fields]),
    ...(nodes.length === 0
      ? []
      : ['', `What the system keeps of ${nodes.join(', ')} isn't stated, and counts as nothing.`]),
  ];
}

/** Columns that are as wide as their longest cell. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
