import type { PropSteps } from '../parts/provenance';
import { type PropProblem, ruleProblem } from '../props-error';
import type { PropField, PropFields } from './field';

/**
 * Checks the values of props against the rules of their fields. Types are left to the compiler. Values of
 * Kubernetes' own types are left to the rules of `check`, which read the final objects.
 */
export function fieldsProblems(
  fields: PropFields,
  props: object,
  path: PropSteps = [],
): (PropProblem | undefined)[] {
  const values = props as Readonly<Record<string, unknown>>;
  return Object.entries(fields).flatMap(([name, { field, isRequired }]) =>
    isRequired && values[name] === undefined
      ? [{ path: [...path, name], message: 'is missing; set it' }]
      : fieldProblems(field, values[name], [...path, name]),
  );
}

function fieldProblems(field: PropField, value: unknown, path: PropSteps): (PropProblem | undefined)[] {
  if (value === undefined) return [];
  switch (field.type) {
    case 'text':
      return [ruleProblem(path, value as string, field.rule)];
    case 'number':
      return [ruleProblem(path, value as number, field.rule)];
    case 'list': {
      const items = value as readonly unknown[];
      if (field.isFilled && items.length === 0) return [{ path, message: 'is empty; add at least one item' }];
      return items.flatMap((item, index) => fieldProblems(field.of, item, [...path, index]));
    }
    case 'map':
      return Object.entries(value as object).flatMap(([key, item]) => [
        field.key.allows(key)
          ? undefined
          : {
              path: [...path, key],
              message: `is not an allowed name; it must be ${field.key.right}`,
            },
        ...fieldProblems(field.of, item, [...path, key]),
      ]);
    case 'group':
      return fieldsProblems(field.fields, value as object, path);
    case 'flag':
    case 'kubernetes':
      return [];
  }
}
