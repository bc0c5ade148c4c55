import type { Finding } from '../analysis/rules/finding';
import { keyStep, stepsOf } from '../kubernetes/path';

/** A finding that a baseline file lists. `check` does not report it. */
interface KnownFinding {
  readonly rule: string;
  readonly object: string;
  /**
   * The path, with the names of list items instead of their indexes: `spec.containers[api].image`. So the path stays
   * the same if another item is inserted before this one.
   */
  readonly path: string;
}

/** The findings of a baseline file. */
export interface Baseline {
  readonly findings: readonly KnownFinding[];
}

/**
 * Parses a baseline file.
 *
 * @returns undefined if the text is not a baseline
 */
export function parseBaseline(text: string): Baseline | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { version, findings } = (value ?? {}) as { version?: unknown; findings?: unknown };
  const isKnown = (each: unknown) =>
    ['rule', 'object', 'path'].every(
      (key) => typeof (each as Record<string, unknown> | null)?.[key] === 'string',
    );
  const isValid = version === 1 && Array.isArray(findings) && findings.every(isKnown);
  return isValid ? { findings: findings as readonly KnownFinding[] } : undefined;
}

/** Formats a baseline file with these findings. */
export function printBaseline(findings: readonly Finding[]): string {
  const known = [...new Set(findings.map(keyOf))].sort().map((key) => JSON.parse(key) as KnownFinding);
  return `${JSON.stringify({ version: 1, findings: known }, null, 2)}\n`;
}

/** The result of the comparison of findings with a baseline. */
export interface Compared<F extends Finding> {
  readonly open: readonly F[];
  /** The number of findings that are in the baseline. */
  readonly known: number;
  /** The number of baseline entries that no longer have a finding. */
  readonly fixed: number;
}

export function compareWithBaseline<F extends Finding>(
  findings: readonly F[],
  baseline: Baseline,
): Compared<F> {
  const keys = new Set(
    baseline.findings.map(({ rule, object, path }) => JSON.stringify({ rule, object, path })),
  );
  const found = new Set(findings.map(keyOf));
  const open = findings.filter((finding) => !keys.has(keyOf(finding)));
  return {
    open,
    known: findings.length - open.length,
    fixed: [...keys].filter((key) => !found.has(key)).length,
  };
}

function keyOf({ rule, object, path, source }: Finding): string {
  return JSON.stringify({ rule: rule.id, object, path: namedPath(source, path) });
}

function namedPath(source: unknown, path: string): string {
  let value = source;
  let named = '';
  for (const step of stepsOf(path)) {
    value = (value as Record<string | number, unknown> | undefined | null)?.[step];
    const name = (value as { name?: unknown } | undefined | null)?.name;
    const index = typeof name === 'string' ? name : step;
    named += typeof step === 'number' ? `[${index}]` : keyStep(step);
  }
  return named.replace(/^\./, '');
}
