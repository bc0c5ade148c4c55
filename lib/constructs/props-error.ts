import type { Construct } from 'constructs';
import { Node } from 'constructs';
import type { ValueRule } from '../kubernetes/value-rule';

/** The problem of one prop, with its path. */
export interface PropProblem {
  /** The path of the prop, such as `['resources', 'memory', 'request']`. */
  readonly path: readonly (string | number)[];
  /** The value, what is allowed and the fix. The path comes before the message in the same sentence. */
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

/** Checks a value against a rule. An undefined value has no problem. */
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
 * Reports required props that are not set. The TypeScript compiler also reports them, but a JavaScript program
 * is not compiled.
 *
 * @param required paths such as `resources.cpu.request`; if a prop is missing, its parts are not reported
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

/** Throws a PropsError if there is any problem. Call it before the construct creates its objects. */
export function refuse(
  construct: Construct,
  props: object,
  problems: readonly (PropProblem | undefined)[],
): void {
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) throw new PropsError(construct, props, found);
}
