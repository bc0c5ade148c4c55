import type { z } from 'zod';
import type { Problem } from '../../input/problem';
import type { LocatedData, Path } from '../../input/source';
import { formatPath } from '../../input/source';
import { unknownKeysOf } from './schema/primitives';

type Issue = z.core.$ZodIssue;

/** The result of a validation: the problems, and the value as far as it is valid. */
export interface Validation<T> {
  readonly problems: readonly Problem[];
  /**
   * The value without its invalid parts, so that the other parts are checked in the same run. Undefined if
   * too little is left.
   */
  readonly value: T | undefined;
}

/**
 * zod compiles validators by default. For a single validation of a file, that takes longer than the
 * validation itself.
 */
const once = { jitless: true };

/** Validates a source against a schema, and finds the place of each problem in the file. */
export function validate<T>(schema: z.ZodType<T>, source: LocatedData): Validation<T> {
  const data = source.data();
  const result = schema.safeParse(data, once);
  if (result.success) return { problems: [], value: result.data };
  const findings = withoutMissingTwins(result.error.issues.flatMap((issue) => explain(issue, [], data)));
  const problems = findings.map(({ path, key, message }) => ({
    place: key ? source.placeOfKey(path) : source.placeOf(path),
    path: formatPath(path),
    message,
  }));
  return { problems, value: salvage(schema, data, findings) };
}

interface ValidationIssue {
  readonly path: Path;
  /** Whether the key is wrong, not its value. */
  readonly key: boolean;
  readonly message: string;
  /** The suggested path for a wrong key. */
  readonly meant?: string;
  /** Whether the path doesn't exist in the file. */
  readonly isMissing: boolean;
}

/**
 * If a required key is misspelt, the correct key is also missing. Only the misspelling is reported, with the
 * suggested key.
 */
function withoutMissingTwins(findings: readonly ValidationIssue[]): ValidationIssue[] {
  const meant = new Set(findings.flatMap((finding) => finding.meant ?? []));
  return findings.filter(({ path, isMissing }) => !(isMissing && meant.has(formatPath(path))));
}

function explain(issue: Issue, parent: Path, data: unknown): ValidationIssue[] {
  const path = [...parent, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  if (issue.code === 'unrecognized_keys') {
    const unknown = unknownKeysOf(issue);
    return issue.keys.map((key, index) => {
      const { message = issue.message, meant } = unknown[index] ?? {};
      return {
        ...{ path: [...path, key], key: true, message, isMissing: false },
        ...(meant !== undefined && { meant: formatPath([...path, meant]) }),
      };
    });
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.map(({ message }) => ({
      ...{ path, key: true, message: `the name ${message}`, isMissing: false },
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return branch(issue.errors, valueAt(data, path)).flatMap((inner) => explain(inner, path, data));
  }
  return [{ path, key: false, message: issue.message, isMissing: valueAt(data, path) === undefined }];
}

/**
 * The branch of a union that the author probably meant: the `unresolved` branch if the value has that key,
 * otherwise the branch whose first problem is deepest.
 */
function branch(branches: readonly (readonly Issue[])[], input: unknown): readonly Issue[] {
  const first = branches[0] ?? [];
  const marked = typeof input === 'object' && input !== null && 'unresolved' in input;
  if (marked) return branches.at(-1) ?? first;
  return branches.find((issues) => issues.some(({ path }) => path.length > 0)) ?? first;
}

/**
 * Removes the invalid values. If the rest is still invalid, also removes the entries (such as a workload)
 * that are incomplete without them.
 */
function salvage<T>(
  schema: z.ZodType<T>,
  data: unknown,
  findings: readonly ValidationIssue[],
): T | undefined {
  const pruned = structuredClone(data);
  for (const { path } of findings) remove(pruned, path);
  const second = schema.safeParse(pruned, once);
  if (second.success) return second.data;
  for (const { path } of second.error.issues) remove(pruned, path.slice(0, 2) as Path);
  const third = schema.safeParse(pruned, once);
  return third.success ? third.data : undefined;
}

function remove(data: unknown, path: Path): void {
  const parent = valueAt(data, path.slice(0, -1));
  const last = path.at(-1);
  if (typeof parent !== 'object' || parent === null || last === undefined) return;
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else Reflect.deleteProperty(parent, last);
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    data,
  );
}
