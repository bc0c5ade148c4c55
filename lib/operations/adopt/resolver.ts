import type { Deployment } from '../../deployment/config/schema/schema';
import type { Path } from '../../input/source';
import type { YamlEdit } from '../../input/yaml-edit';
import type { EditValue } from '../../input/yaml-value';

/**
 * How to teach `adopt` another value:
 *
 * 1. Write one resolver in a file of its own, below the folder of its source (`adopt/cluster/`, `adopt/hetzner/`,
 * …). Its `path` is the
 *    place in the configuration, with `*` for a key that the operator chooses: `adopt.servers.*`. A digest's place is
 *    `images.*.digest`, although the lock file states it.
 * 2. `find` asks the connection of the source, and returns `found(stateValue(path, value))`,
 * `ambiguous(candidates)` or
 *    `notFound(failure, reason)`. A reason is a sentence without a full stop; it never holds a value of a Secret.
 * 3. `command` is the text of `unresolved:` in config/production.yaml, and `foundIn` a cell of the table in
 * docs/tasks/adopt.md. A
 *    test holds both.
 * 4. List it in the `resolvers` of its source. Sources are listed in adopt/sources.ts; if several know a value,
 * the first that finds
 *    it answers.
 */
export interface AdoptResolver<Connection> {
  readonly path: string;
  /** Where the source has the value, such as `the image of the workload's container`. */
  readonly foundIn: string;
  /** The command that finds the value by hand. */
  command(value: OpenValue): string;
  /**
   * @throws OperationError if the source does not answer. Its message becomes the reason why the value stays
   * unresolved
   */
  find(value: OpenValue, connection: Connection): Promise<AdoptAnswer>;
}

/** An unresolved value of the configuration. */
export interface OpenValue {
  readonly path: Path;
  readonly deployment: Deployment;
}

/** The result of a resolver. */
export type AdoptAnswer =
  /** The edits set the value, and entries that the value needs, such as a declared key of a Secret. */
  { readonly kind: 'found'; readonly edits: readonly YamlEdit[] } | NotFound;

export interface NotFound {
  readonly kind: 'not-found';
  readonly failure: AdoptFailure;
  readonly reason: string;
  /** With `ambiguous`: the values to choose from. */
  readonly candidates?: readonly string[];
}

/** The reason why a value stays unresolved. */
export type AdoptFailure =
  /** The source could not be queried. */
  | 'no-source'
  /** The source refuses the query. */
  | 'not-allowed'
  /** The object does not exist. */
  | 'missing'
  /** There are several answers. */
  | 'ambiguous'
  /** The answer is not valid as the value. */
  | 'unusable';

export function found(...edits: readonly YamlEdit[]): AdoptAnswer {
  return { kind: 'found', edits };
}

export function notFound(failure: Exclude<AdoptFailure, 'ambiguous'>, reason: string): NotFound {
  return { kind: 'not-found', failure, reason };
}

/** @param candidates each with the place where it was found */
export function ambiguous(candidates: readonly string[]): NotFound {
  return { kind: 'not-found', failure: 'ambiguous', reason: 'there are several answers', candidates };
}

/** An edit that sets a value. */
export function stateValue(path: Path, value: EditValue): YamlEdit {
  return { kind: 'set', path, value };
}

/** Whether a path matches a pattern, in which `*` matches any key. */
export function isPathOf(pattern: string, path: Path): boolean {
  const steps = pattern.split('.');
  return steps.length === path.length && steps.every((step, index) => step === '*' || step === path[index]);
}
