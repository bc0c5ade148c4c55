/** A position in a file. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** An error in the configuration: where it is, what is wrong, what is allowed, and what to do. */
export interface Problem {
  readonly place: Place;
  /** The path of the value, such as `workloads.api.replicas`. Empty if the error concerns the whole file. */
  readonly path: string;
  readonly message: string;
}

/** An error that contains all problems of a configuration, in the order of the files. */
export class ConfigError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/**
 * The problem as a line that editors and terminals turn into a link: `config/production.yaml:12:5
 * workloads.api.replicas: …`
 */
export function formatProblem({ place, path, message }: Problem): string {
  return `${formatPlace(place)} ${path === '' ? '' : `${path}: `}${message}`;
}

/** `config/production.yaml:12:5` */
export function formatPlace({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

/** Sorts problems by file, line, column and message, so that the order is the same in each run. */
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
