import type { Json } from '../documents/kubernetes';

/**
 * Joins two paths: `spec.containers[0]` and `image` become `spec.containers[0].image`. Either path may be
 * empty.
 */
export function pathOf(parent: string, child: string): string {
  if (parent === '' || child === '' || child.startsWith('[')) return parent + child;
  return `${parent}.${child}`;
}

/** A key as a step of a path: `.app`, or `["app.kubernetes.io/name"]`. */
export function keyStep(key: string): string {
  return /^[\w-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/** Splits a path into its steps: `a.b[0]["x/y"]` into `a`, `b`, 0, `x/y`. */
export function stepsOf(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g)].map(
    ([, index, quoted, name = '']) => {
      if (index !== undefined) return Number(index);
      return quoted === undefined ? name : (JSON.parse(quoted) as string);
    },
  );
}

/** The value at a path. Undefined if there is none. */
export function valueAt(value: unknown, path: string): Json | undefined {
  return valueAtSteps(value, stepsOf(path));
}

/**
 * The value at a path that is already split. Rules that read every object call this function, because
 * splitting takes time.
 */
export function valueAtSteps(value: unknown, steps: readonly (string | number)[]): Json | undefined {
  return steps.reduce<unknown>(
    (parent, step) =>
      typeof parent === 'object' && parent !== null && Object.hasOwn(parent, step)
        ? (parent as Record<string | number, unknown>)[step]
        : undefined,
    value,
  ) as Json | undefined;
}
