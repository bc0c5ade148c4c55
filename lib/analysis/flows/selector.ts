import type { Json } from '../../documents/kubernetes';
import { fieldsOf, InvalidManifest, itemsOf, requireString } from './fields';

export type LabelMap = ReadonlyMap<string, string>;

type Operator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';

interface Requirement {
  readonly key: string;
  readonly operator: Operator;
  /** Values of `In` and `NotIn`. */
  readonly values: readonly string[];
}

/**
 * A label selector. An object matches if it meets all requirements, so a selector without requirements matches every
 * object.
 */
export interface Selector {
  readonly requirements: readonly Requirement[];
  /** The same string for equal selectors. */
  readonly key: string;
}

/**
 * Parses a selector. An absent selector matches every object.
 *
 * @throws if the selector is invalid: with an unknown operator it would match too many or too few objects
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function readSelector(json: Json | undefined, place: string): Selector {
  const fields = fieldsOf(json, place);
  const equal = [...readLabels(fields['matchLabels'], `${place}.matchLabels`)].map(
    ([key, value]): Requirement => ({ key, operator: 'In', values: [value] }),
  );
  const others = itemsOf(fields['matchExpressions'], `${place}.matchExpressions`).map((item, index) =>
    readRequirement(item, `${place}.matchExpressions[${index}]`),
  );
  return selectorOf([...equal, ...others]);
}

/** The selector for objects that have all of these labels. */
export function selectorOfLabels(labels: LabelMap): Selector {
  return selectorOf([...labels].map(([key, value]) => ({ key, operator: 'In', values: [value] })));
}

/** Reads labels, such as metadata.labels or `matchLabels`. */
export function readLabels(json: Json | undefined, place: string): LabelMap {
  const fields = Object.entries(fieldsOf(json, place));
  return new Map(
    fields.map(([key, value]) => [key, requireString(value, `${place}[${JSON.stringify(key)}]`)]),
  );
}

/**
 * Whether a selector matches labels. `NotIn` and `DoesNotExist` also match if the label is absent.
 *
 * @param unknownKeys keys of labels whose values are unknown; such a value counts as different from all values of the
 * selector
 */
export function selectorMatches(
  { requirements }: Selector,
  labels: LabelMap,
  unknownKeys: ReadonlySet<string> = new Set(),
): boolean {
  return requirements.every(({ key, operator, values }) => {
    if (unknownKeys.has(key)) return operator === 'Exists' || operator === 'NotIn';
    const value = labels.get(key);
    if (operator === 'Exists') return value !== undefined;
    if (operator === 'DoesNotExist') return value === undefined;
    return (value !== undefined && values.includes(value)) === (operator === 'In');
  });
}

/**
 * Examples of the objects that a selector distinguishes: one matching object for each value of a requirement, and
 * one object for each exclusion. Each representative is a selector with as few labels as possible.
 */
export function representatives({ requirements }: Selector): Selector[] {
  const base = new Map<string, Requirement>();
  for (const requirement of requirements) {
    const { key, operator, values } = requirement;
    if (operator === 'In') base.set(key, { key, operator, values: values.slice(0, 1) });
    if (operator === 'Exists' && !base.has(key)) base.set(key, requirement);
  }
  const variants = requirements.flatMap(({ key, operator, values }): Requirement[] => {
    if (operator === 'DoesNotExist') return [{ key, operator: 'Exists', values: [] }];
    return values.map((value) => ({ key, operator: 'In', values: [value] }));
  });
  const all = variants.map((variant) => selectorOf([...new Map([...base, [variant.key, variant]]).values()]));
  return [selectorOf([...base.values()]), ...all].filter((selector) => selector.requirements.length > 0);
}

/** The labels that an object of a representative must have. The value is empty if the label only has to exist. */
export function representativeLabels({ requirements }: Selector): LabelMap {
  return new Map(requirements.map(({ key, values: [value = ''] }) => [key, value]));
}

/** Formats labels as kubectl prints them: `k8s-app=kube-dns`. */
export function describeLabels(labels: LabelMap): string {
  const texts = [...labels].map(([key, value]) => (value === '' ? key : `${key}=${value}`));
  return texts.sort().join(',');
}

function readRequirement(json: Json, place: string): Requirement {
  const fields = fieldsOf(json, place);
  const operator = requireString(fields['operator'], `${place}.operator`);
  if (!isOperator(operator)) {
    throw new InvalidManifest(
      `${place}.operator is ${JSON.stringify(operator)}, not In, NotIn, Exists or DoesNotExist`,
    );
  }
  const values = itemsOf(fields['values'], `${place}.values`).map((value) =>
    requireString(value, `${place}.values`),
  );
  return { key: requireString(fields['key'], `${place}.key`), operator, values: [...new Set(values)] };
}

function isOperator(text: string): text is Operator {
  return text === 'In' || text === 'NotIn' || text === 'Exists' || text === 'DoesNotExist';
}

function selectorOf(requirements: readonly Requirement[]): Selector {
  const parts = requirements.map(({ key, operator, values }) => JSON.stringify([key, operator, ...values]));
  return { requirements, key: parts.sort().join() };
}
