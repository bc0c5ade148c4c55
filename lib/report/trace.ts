import type { StepOutcome } from '../analysis/trace/step';
import type { TracePlace, TraceReport, TraceStep } from '../analysis/trace/trace';
import { paint, type Style } from './paint';
import { wrap } from './wrap';

/** Options for printing a trace. */
export interface TraceLook {
  /** @default false */
  readonly colour?: boolean;
  /** The width of the terminal, in characters. @default 110 */
  readonly width?: number | undefined;
  /** Whether the file and line of each step, and all assumptions, are printed. @default false */
  readonly isFull?: boolean;
}

const marks: Readonly<Record<StepOutcome, string>> = {
  passes: 'ok',
  conditional: 'if',
  unknown: '?',
  stops: 'stop',
};

const styles: Readonly<Record<StepOutcome, Style>> = {
  passes: 'green',
  conditional: 'yellow',
  unknown: 'yellow',
  stops: ['bold', 'red'],
};

const fileWidth = 110;

/** A title that is longer than this is printed on a separate line. */
const widestTitle = 28;

/** The maximum number of files that are listed for a step. Further files are counted. */
const shownFiles = 3;

/** The maximum number of lines that are listed for a file. */
const shownLines = 4;

/** Prints each step of the request as a paragraph, with the lines that the step depends on, and the result. */
export function traceText(
  { request, outcome, steps, assumptions }: TraceReport,
  { colour = false, width = fileWidth, isFull = false }: TraceLook = {},
): string {
  const column = Math.min(widestTitle, Math.max(...steps.map(({ title }) => title.length)));
  const print = (style: Style, text: string) => (colour ? paint(style, text) : text);
  const indent = ' '.repeat(6 + column + 2);
  const paragraph = (text: string) =>
    wrap(text, Math.max(width, indent.length + 40), indent).map((line) => line.trimEnd());
  const lines = steps.flatMap((step) => {
    const text = paragraph(step.reason);
    const places = placesText(step.places, isFull);
    const mark = print(styles[step.outcome], marks[step.outcome].padEnd(6));
    const isLong = step.title.length > column;
    const [first = ''] = isLong ? [] : text;
    return [
      `${mark}${step.title.padEnd(column)}  ${first.trimStart()}`.trimEnd(),
      ...text.slice(isLong ? 0 : 1),
      ...(places === '' ? [] : paragraph(places).map((line) => print('dim', line))),
    ];
  });
  const ending = [...wrap(endingOf(outcome, steps), width, '')];
  const assumed = isFull ? ['', 'Assumed:', ...assumptions.map((each) => `  - ${each}`)] : [];
  return [request, '', ...lines, '', ...ending, ...assumed].map((line) => `${line}\n`).join('');
}

function endingOf(outcome: TraceReport['outcome'], steps: readonly TraceStep[]): string {
  if (outcome === 'stopped') {
    const last = steps.at(-1);
    return `Stopped: ${last?.title}. To allow the request: ${last?.fix}`;
  }
  const unknown = steps.filter((step) => step.outcome === 'unknown').length;
  if (outcome === 'arrives') return 'The request arrives.';
  const count = unknown === 1 ? 'One step is' : `${unknown} steps are`;
  return `Nothing in these manifests stops the request. ${count} unknown (?).`;
}

/** Formats places: `1-ingress.k8s.yaml:12,57, 3-web.k8s.yaml:4`, or the names of objects that are in no file. */
export function placesText(places: readonly TracePlace[], isFull: boolean): string {
  const byFile = new Map<string, Set<number>>();
  for (const { file, line, object, path } of places) {
    const name = file ?? [object, path].filter(Boolean).join(' ');
    const lines = byFile.get(name) ?? new Set<number>();
    byFile.set(name, line === null ? lines : lines.add(line));
  }
  const texts = [...byFile].map(([file, lines]) =>
    [file, linesText([...lines], isFull)].filter(Boolean).join(':'),
  );
  const shown = isFull || texts.length <= shownFiles + 1 ? texts : texts.slice(0, shownFiles);
  const rest = texts.length - shown.length;
  return [...shown, ...(rest > 0 ? [`and ${rest} other files`] : [])].join(', ');
}

/** Formats line numbers: `12,57`, or `260-274` for consecutive lines. */
function linesText(lines: readonly number[], isFull: boolean): string {
  const ranges: { from: number; to: number }[] = [];
  for (const line of [...lines].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && line === last.to + 1) last.to = line;
    else ranges.push({ from: line, to: line });
  }
  const texts = ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`));
  return isFull || texts.length <= shownLines
    ? texts.join(',')
    : `${texts.slice(0, shownLines - 1).join(',')},…`;
}
