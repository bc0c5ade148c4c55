import type { PropSteps } from '../parts/provenance';
import { type PropProblem, ruleProblem } from '../props-error';
import type { PropField, PropFields } from './field';

/**
 * The problems of props, by the rules of their fields. The compiler checks types. The rules of the analysis
 * check values of Kubernetes' own types in the final objects.
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
      if (field.isFilled && items.length === 0) return [{ path, message: 'is empty; state at least one' }];
      return items.flatMap((item, index) => fieldProblems(field.of, item, [...path, index]));
    }
    case 'map':
      return Object.entries(value as object).flatMap(([key, item]) => [
        field.key.allows(key)
          ? undefined
          : {
              path: [...path, key],
              message: `has a name that is not allowed; it must be ${field.key.right}`,
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
