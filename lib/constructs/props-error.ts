import type { Construct } from 'constructs';
import { Node } from 'constructs';
import type { ValueRule } from '../kubernetes/value-rule';

/** One prop that can't be: its path within the props, and what is wrong with it. */
export interface PropProblem {
  /** Such as `['resources', 'memory', 'request']`. */
  readonly path: readonly (string | number)[];
  /** The value, the limit and the way out, continuing the sentence that the path begins. */
  readonly message: string;
}

/** A construct was given props that would make a broken workload. It names all that are wrong at once. */
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

/** What is wrong with a value by a rule; nothing with one that isn't given. */
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

/** Throws a PropsError if there is any problem. Call it first, so that a broken construct adds nothing. */
export function refuse(
  construct: Construct,
  props: object,
  problems: readonly (PropProblem | undefined)[],
): void {
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) throw new PropsError(construct, props, found);
}
