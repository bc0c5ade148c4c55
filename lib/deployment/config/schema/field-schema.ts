import { z } from 'zod';
import type { FieldsOf, KubernetesField, PropField } from '../../../constructs/fields/field';
import type { PatchableName } from '../../../constructs/parts/patch';
import type { Json } from '../../../documents/kubernetes';
import { checkPart } from '../../../kubernetes/schema/kubernetes-schema';
import { counted, flag, listSchema, named, ruled, strictObject, wrong } from './primitives';

/** A schema for each prop. */
type ShapeOf<Props> = {
  [Name in keyof Props]-?: Record<never, never> extends Pick<Props, Name>
    ? z.ZodExactOptional<z.ZodType<NonNullable<Props[Name]>>>
    : z.ZodType<Props[Name]>;
};

/**
 * The schemas of the configuration keys that become props of a construct, derived from the construct's field
 * definitions.
 */
export function fieldShape<Props extends object>(fields: FieldsOf<Props>): ShapeOf<Props> {
  const entries: [string, { field: PropField; isRequired: boolean }][] = Object.entries(fields);
  return Object.fromEntries(
    entries.map(([name, { field, isRequired }]) => {
      const schema = fieldSchema(field);
      return [name, isRequired ? schema : schema.exactOptional()];
    }),
  ) as unknown as ShapeOf<Props>;
}

/** The schema of one field. */
export function fieldSchema(field: PropField): z.ZodType {
  switch (field.type) {
    case 'text':
      return ruled(field.rule);
    case 'number':
      return counted(field.rule);
    case 'flag':
      return flag;
    case 'list': {
      const list = listSchema(fieldSchema(field.of));
      return field.isFilled ? list.min(1, 'is empty; add at least one entry') : list;
    }
    case 'map':
      return named(ruled(field.key), fieldSchema(field.of));
    case 'group':
      return strictObject(fieldShape(field.fields as FieldsOf<Record<string, unknown>>) as z.ZodRawShape);
    case 'kubernetes':
      return kubernetesSchema(field);
  }
}

/** Any map. A Kubernetes schema checks its content later. */
const anyMap = z.record(z.string(), z.unknown(), { error: (issue) => wrong(issue.input, 'a map') });

function kubernetesSchema({ of, at }: KubernetesField): z.ZodType {
  const schema: z.ZodType = of.endsWith('[]') ? listSchema(anyMap) : anyMap;
  return schema.superRefine((value, context) => {
    for (const { steps, message } of checkPart(of, at, value as Json)) {
      context.addIssue({ code: 'custom', path: [...steps], message });
    }
  });
}

/** Patches of the objects that a workload creates, by the property of the construct that has the object. */
export function patchSchema<Name extends PatchableName>(...names: readonly Name[]) {
  const shape = Object.fromEntries(names.map((name) => [name, anyMap.exactOptional()]));
  return strictObject(shape as Record<Name, z.ZodExactOptional<typeof anyMap>>);
}
