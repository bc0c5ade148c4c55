/** Keys and indexes from the root of a value. */
export type PropSteps = readonly (string | number)[];

/** One path for a whole part, or one for each of its fields. */
type SourcePaths = PropSteps | Readonly<Record<string, PropSteps>>;

interface Source {
  readonly root: object;
  readonly steps: PropSteps;
}

const sources = new WeakMap<object, { readonly root: object; readonly paths: SourcePaths }>();

/**
 * Records which props a part of an object is made from, so that a finding about the part has the line of the prop.
 *
 * @param root the props
 * @param paths the path in the props that the part, or each named field of it, is made from
 * @returns the part
 */
export function madeFrom<Part extends object>(part: Part, root: object, paths: SourcePaths): Part {
  sources.set(part, { root, paths });
  return part;
}

/**
 * Follows a value back to what it is made from, as far as that is recorded.
 *
 * @param root what the steps begin at, such as the props of an API object
 * @param placeOf the place of an object that is no part of anything, such as one of the configuration; undefined for others
 * @returns the place of the nearest such object, and the steps below it; undefined if no record leads to one
 */
export function traceBack(
  root: object,
  steps: PropSteps,
  placeOf: (object: object) => PropSteps | undefined,
): PropSteps | undefined {
  let nearest: PropSteps | Source | undefined;
  let value: unknown = root;
  for (const [depth, step] of [...steps, undefined].entries()) {
    if (typeof value !== 'object' || value === null) break;
    const below = steps.slice(depth);
    const place = placeOf(value);
    nearest = (place && [...place, ...below]) ?? sourceOf(value, below) ?? nearest;
    value = child(value, step);
  }
  if (nearest === undefined || isSteps(nearest)) return nearest;
  return traceBack(nearest.root, nearest.steps, placeOf);
}

/** What a field of a part is made from. The steps below the field go on as far as the props have such keys. */
function sourceOf(part: object, [field, ...below]: PropSteps): Source | undefined {
  const source = sources.get(part);
  if (source === undefined) return undefined;
  const { root, paths } = source;
  if (isSteps(paths)) return { root, steps: paths };
  const path = field === undefined ? undefined : paths[field];
  return path && { root, steps: [...path, ...existing(path.reduce<unknown>(child, root), below)] };
}

/** The first of the steps, up to where the value has no such key. */
function existing(value: unknown, [step, ...others]: PropSteps): PropSteps {
  const next = child(value, step);
  return step === undefined || next === undefined ? [] : [step, ...existing(next, others)];
}

function child(value: unknown, step: string | number | undefined): unknown {
  if (step === undefined || typeof value !== 'object' || value === null) return undefined;
  return Object.hasOwn(value, step) ? (value as Record<string | number, unknown>)[step] : undefined;
}

function isSteps(value: SourcePaths | Source): value is PropSteps {
  return Array.isArray(value);
}
