/** Keys and indexes from the root of a value. */
export type PropSteps = readonly (string | number)[];

/** The source of a part: one path for the whole part, or one path for each of its fields. */
type SourcePaths = PropSteps | Readonly<Record<string, PropSteps>>;

interface Source {
  readonly root: object;
  readonly steps: PropSteps;
}

const sources = new WeakMap<object, { readonly root: object; readonly paths: SourcePaths }>();

/**
 * Records the props from which a part of an object is made, so that a finding about the part names the line
 * of the prop.
 *
 * @param root the props
 * @param paths the source of the part, as paths in the props
 * @returns the part
 */
export function madeFrom<Part extends object>(part: Part, root: object, paths: SourcePaths): Part {
  sources.set(part, { root, paths });
  return part;
}

/**
 * Traces a value back to its source, as far as `madeFrom` has recorded it.
 *
 * @param root the object in which the steps begin, such as the props of an API object
 * @param placeOf returns the place of an object that has one of its own, such as an object of the
 * configuration; otherwise undefined
 * @returns the place of the nearest such object, followed by the steps below it; undefined if no record leads
 * to one
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

/** The source of a field in the props. Steps below the field are kept as far as the source has these keys. */
function sourceOf(part: object, [field, ...below]: PropSteps): Source | undefined {
  const source = sources.get(part);
  if (source === undefined) return undefined;
  const { root, paths } = source;
  if (isSteps(paths)) return { root, steps: paths };
  const path = field === undefined ? undefined : paths[field];
  return path && { root, steps: [...path, ...existing(path.reduce<unknown>(child, root), below)] };
}

/** The leading steps whose keys exist in the value. */
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
