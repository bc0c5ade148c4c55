import type { Field } from '../analysis/drill/cluster/workload';
import type { Drill } from '../analysis/drill/drill';
import type { PlaceOf } from '../analysis/drill/drill-report';
import { guaranteesOf } from '../analysis/drill/guarantees';
import type { FailureOutcome } from '../analysis/drill/outcome';
import { append } from '../documents/append';
import { describeSeconds } from '../documents/duration';
import { describeObject } from '../kubernetes/objects/object-key';
import { drillMatrix, outcomeLegend } from './drill-matrix';
import { wrap } from './wrap';

/** Options for printing a drill. */
export interface DrillLook {
  /** @default false */
  readonly colour?: boolean;
  /** The width of the terminal, in characters. @default the table is as wide as its text */
  readonly width?: number | undefined;
}

/** The width if the output is not a terminal. */
const fileWidth = 110;

const legend: readonly string[] = [
  outcomeLegend,
  '',
  'WHAT GOES DOWN. Times are the worst case, without image pulls. A + means that the start of a program adds time that no probe limits.',
];

/** Prints the matrix, the downtimes, and the guarantees with the lines that they depend on. */
export function drillText(drill: Drill, placeOf: PlaceOf, { colour = false, width }: DrillLook = {}): string {
  const played = drill.failures.map((failure) => ({ failure, outcomes: drill.playAffected(failure) }));
  const lines = [
    ...drillMatrix(drill, colour, width, width ?? fileWidth),
    '',
    ...legend.flatMap((text) => wrap(text, width ?? fileWidth, '')),
    ...describeDowntimes(played, width ?? fileWidth),
    '',
    'GUARANTEED BY THESE LINES, for any placement by the scheduler',
    ...guarantees(drill, placeOf).flatMap((line) => hanging(line, width ?? fileWidth)),
    ...remarks(drill),
    '',
    'For details of one failure: npx honeydue drill <failure>, such as node-lost.',
    'Assumptions: npx honeydue drill --help',
  ];
  return lines.map((line) => `${line}\n`).join('');
}

interface Played {
  readonly failure: Drill['failures'][number];
  readonly outcomes: readonly FailureOutcome[];
}

/**
 * The downtimes of each failure. If a failure has the same effect as an earlier one, only the name of the earlier one
 * is printed.
 */
function describeDowntimes(played: readonly Played[], width: number): string[] {
  const printed = new Map<string, string>();
  return played.flatMap(({ failure, outcomes }) => {
    const found = describeEffects(
      failure.kind === 'crash' ? outcomes.filter(({ ready }) => ready !== 0) : outcomes,
    );
    const [only] = found;
    if (only === undefined) return [];
    if (found.length === 1)
      return [`${failure.id}: ${only}`].flatMap((text) => wrap(text, width, '    ').map(unindent));
    const key = found.join('\n');
    const same = printed.get(key);
    if (same === undefined) printed.set(key, failure.id);
    return [
      '',
      `${failure.id}: ${failure.title}${same === undefined ? '' : `: as ${same}`}`,
      ...(same === undefined ? found.flatMap((line) => hanging(line, width)) : []),
    ];
  });
}

function describeEffects(outcomes: readonly FailureOutcome[]): string[] {
  const short = outcomes.filter(({ ready, of }) => ready !== undefined && ready < of);
  const [gone, fewer] = [short.filter(({ ready }) => ready === 0), short.filter(({ ready }) => ready !== 0)];
  const lacking = outcomes.filter(({ lacks }) => lacks.length > 0);
  const twice = outcomes.filter(({ of, running }) => of === 1 && (running ?? 0) > 1);
  const unknown = outcomes.filter(({ ready }) => ready === undefined);
  return [
    ...listed('down', gone),
    ...listed('fewer', fewer),
    ...line('lacks', lacking, ({ workload, lacks }) => `${workload} (${lacks.join(', ')})`),
    ...line('may run twice', twice, ({ workload }) => workload),
    ...line('unknown', unknown, ({ workload, unknown: why }) => `${workload} (${why.join(', ')})`),
    ...outcomes
      .filter(({ likely }) => likely.length > 0)
      .slice(0, 1)
      // The last note says that requests to the address of the lost node also fail.
      .map(({ notes, likely }) => `${notes.at(-1)}; likely, not guaranteed: ${likely.join(', ')}`),
  ];
}

function line(
  what: string,
  outcomes: readonly FailureOutcome[],
  of: (outcome: FailureOutcome) => string,
): string[] {
  return outcomes.length === 0 ? [] : [`${what}: ${outcomes.map(of).join(', ')}`];
}

/**
 * Workloads grouped by recovery: first those that wait for an event, then those that recover after a time, the
 * fastest first.
 */
function listed(what: 'down' | 'fewer', outcomes: readonly FailureOutcome[]): string[] {
  const count = ({ ready, of }: FailureOutcome) => (what === 'down' ? '' : ` ${ready} of ${of}`);
  const waits = new Map<string, string[]>();
  const within: { readonly seconds: number; readonly text: string }[] = [];
  for (const outcome of outcomes) {
    const { recovery, workload } = outcome;
    if (recovery.kind === 'within') {
      const plus = recovery.unboundedParts.length > 1 ? '+' : '';
      const text = `${workload}${count(outcome)} (${describeSeconds(recovery.seconds)}${plus})`;
      within.push({ seconds: recovery.seconds, text });
    } else if (recovery.kind === 'until') {
      const why = recovery.why === undefined ? '' : ` (${recovery.why})`;
      const until = `${recovery.event}${why}`;
      append(waits, until, `${workload}${count(outcome)}`);
    } else append(waits, '', `${workload}${count(outcome)}`);
  }
  const sorted = within.sort((a, b) => a.seconds - b.seconds).map(({ text }) => text);
  return [
    ...[...waits].map(
      ([until, names]) => `${what}${until === '' ? '' : ` until ${until}`}: ${names.join(', ')}`,
    ),
    ...(sorted.length === 0 ? [] : [`${what} for: ${sorted.join(', ')}`]),
  ];
}

/** A guarantee, the failures for which it holds, and the fields that it depends on. */
export interface GroupedGuarantee {
  readonly summary: string;
  readonly failures: readonly string[];
  readonly because: readonly Field[];
  /** The lines of these fields, such as `3-api.k8s.yaml:12,57`. */
  readonly places: string;
}

/** Merges guarantees that hold in several failures because of the same lines. */
export function groupGuarantees(drill: Drill, placeOf: PlaceOf): GroupedGuarantee[] {
  const groups = new Map<string, GroupedGuarantee & { readonly failures: string[] }>();
  for (const { failure, summary, because } of guaranteesOf(drill)) {
    const places = describePlaces(because, placeOf);
    const key = `${summary}\n${places}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { summary, failures: [failure], because, places });
    else known.failures.push(failure);
  }
  return [...groups.values()];
}

function guarantees(drill: Drill, placeOf: PlaceOf): string[] {
  return groupGuarantees(drill, placeOf).map(
    ({ summary, failures, places }) =>
      `${failures.join(', ')}: ${summary}${places === '' ? '' : ` (${places})`}`,
  );
}

/** Formats the lines of fields: `3-api.k8s.yaml:12,57`, or the name of the object if it is in no file. */
function describePlaces(fields: readonly Field[], placeOf: PlaceOf): string {
  const byFile = new Map<string, Set<number>>();
  for (const field of fields) {
    const { file = describeObject(field.object), line: number } = placeOf(field) ?? {};
    const lines = byFile.get(file) ?? new Set<number>();
    byFile.set(file, number === undefined ? lines : lines.add(number));
  }
  return [...byFile]
    .map(([file, lines]) => [file, [...lines].sort((a, b) => a - b).join(',')].filter(Boolean).join(':'))
    .join(', ');
}

function hanging(text: string, width: number): string[] {
  return wrap(text, width, '    ').map((each, index) => (index === 0 ? `  ${unindent(each, 0)}` : each));
}

function unindent(text: string, index: number): string {
  return index === 0 ? text.trimStart() : text;
}

function remarks({ workloads, cluster }: Drill): string[] {
  const fields = workloads.flatMap(({ unmodelled }) =>
    unmodelled.map(({ object, path }) => `  ${describeObject(object)}: ${path}`),
  );
  const nodes = cluster.facts.nodes.filter(({ reserved }) => reserved === undefined).map(({ name }) => name);
  return [
    ...(fields.length === 0
      ? []
      : [
          '',
          'NOT MODELLED: the drill does not support these fields, so the result for the workload is unknown',
          ...fields,
        ]),
    ...(nodes.length === 0
      ? []
      : ['', `The reserved resources of ${nodes.join(', ')} are not set, and count as zero.`]),
  ];
}
