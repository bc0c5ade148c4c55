import type { Construct } from 'constructs';
import { Node } from 'constructs';
import type { ValueRule } from '../kubernetes/value-rule';

/** The problem of one prop, with its path. */
export interface PropProblem {
  /** Such as `['resources', 'memory', 'request']`. */
  readonly path: readonly (string | number)[];
  /** The value, the limit and the fix: the rest of a sentence that starts with the path. */
  readonly message: string;
}

/** Thrown for invalid props of a construct. The message lists all problems. */
export class PropsError extends Error {
  readonly construct: Construct;
  readonly props: object;
  readonly problems: readonly PropProblem[];

  constructor(construct: Construct, props: object, problems: readonly PropProblem[]) {
    const { path } = Node.of(construct);
    super(problems.map((problem) => `${[path, ...problem.path].join('.')} ${problem.message}`).join('\n'));
    this.name = 'PropsError';
    this.construct = construct;
    this.props = props;
    this.problems = problems;
  }
}

/** The problem of a value by a rule; none if the value is undefined. */
export function ruleProblem<Value extends string | number>(
  path: readonly (string | number)[],
  value: Value | undefined,
  { right, allows }: ValueRule<Value>,
): PropProblem | undefined {
  if (value === undefined || allows(value)) return undefined;
  return {
    path,
    message: `is ${typeof value === 'string' ? JSON.stringify(value) : value}; it must be ${right}`,
  };
}

/**
 * The required props that are not set. The compiler reports them in TypeScript, but not in JavaScript.
 *
 * @param required paths such as `resources.cpu.request`; of several missing parts of one prop, the outermost is reported
 */
export function missingProblems(props: object, required: readonly string[]): PropProblem[] {
  const missing = new Set(required.flatMap((path) => missingPart(props, path.split('.')) ?? []));
  return [...missing].map((path) => ({ path: path.split('.'), message: 'is missing; set it' }));
}

function missingPart(props: object, path: readonly string[]): string | undefined {
  let value: unknown = props;
  for (const [index, step] of path.entries()) {
    value = (value as Readonly<Record<string, unknown>>)[step];
    if (value === undefined || value === null) return path.slice(0, index + 1).join('.');
  }
  return undefined;
}

/** Throws a PropsError if there is any problem. Call it first, so that a broken construct adds nothing. */
export function refuse(
  construct: Construct,
  props: object,
  problems: readonly (PropProblem | undefined)[],
): void {
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) throw new PropsError(construct, props, found);
}
