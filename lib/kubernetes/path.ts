import type { Json } from '../documents/kubernetes';

/** `spec.containers[0]` and `image` are `spec.containers[0].image`; either may be empty. */
export function pathOf(parent: string, child: string): string {
  if (parent === '' || child === '' || child.startsWith('[')) return parent + child;
  return `${parent}.${child}`;
}

/** A key as a step of a path: `.app`, or `["app.kubernetes.io/name"]`. */
export function keyStep(key: string): string {
  return /^[\w-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/** The steps of a path: `a.b[0]["x/y"]` is `a`, `b`, 0, `x/y`. */
export function stepsOf(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g)].map(
    ([, index, quoted, name = '']) => {
      if (index !== undefined) return Number(index);
      return quoted === undefined ? name : (JSON.parse(quoted) as string);
    },
  );
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(value: unknown, path: string): Json | undefined {
  return valueAtSteps(value, stepsOf(path));
}

/** The same for a path that is taken apart already: it is asked of every object. */
export function valueAtSteps(value: unknown, steps: readonly (string | number)[]): Json | undefined {
  return steps.reduce<unknown>(
    (parent, step) =>
      typeof parent === 'object' && parent !== null && Object.hasOwn(parent, step)
        ? (parent as Record<string | number, unknown>)[step]
        : undefined,
    value,
  ) as Json | undefined;
}
