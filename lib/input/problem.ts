/** The place of a value in a file; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One error in the configuration: the place, what is wrong, what is allowed, and what to do. */
export interface Problem {
  readonly place: Place;
  /** The value's path, such as `workloads.api.replicas`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** The configuration has errors. It holds all of them, in the order of the files. */
export class ConfigError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** `config/production.yaml:12:5 workloads.api.replicas: …`: editors and terminals link this form. */
export function formatProblem({ place, path, message }: Problem): string {
  return `${formatPlace(place)} ${path === '' ? '' : `${path}: `}${message}`;
}

/** `config/production.yaml:12:5` */
export function formatPlace({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

/** Sorts by file, line, column and text, so that the order is always the same. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  return [...problems].sort(
    (a, b) =>
      compare(a.place.file, b.place.file) ||
      a.place.line - b.place.line ||
      a.place.column - b.place.column ||
      compare(formatProblem(a), formatProblem(b)),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
