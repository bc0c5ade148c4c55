import { z } from 'zod';
import { listSchema, named, serviceName, strictObject, text, wrong } from './primitives';

const rawObject = z
  .looseObject(
    {
      apiVersion: text('the apiVersion of a kind, such as v1'),
      kind: text('a kind, such as ConfigMap'),
      metadata: z.looseObject(
        { name: text('the name of the object') },
        { error: (issue) => wrong(issue.input, 'a map with name') },
      ),
    },
    { error: (issue) => wrong(issue.input, 'a Kubernetes object') },
  )
  .refine(({ kind }) => kind !== 'Secret', {
    error:
      'is a Secret, and the output must not contain values of Secrets. Create the Secret in the cluster, and list its keys under secrets',
  });

/** Additional objects, written in the configuration or in a file. */
export const rawSchema = named(
  serviceName,
  strictObject({
    file: text(
      'the path of a YAML file, relative to this file',
      (value) => /^[^/].*\.(ya?ml|json)$/.test(value) && !value.split('/').includes('..'),
    ).exactOptional(),
    objects: listSchema(rawObject).exactOptional(),
  }).refine((source) => Object.keys(source).length === 1, {
    error: ({ input }) =>
      `has ${Object.keys(input as object).join(' and ') || 'no key'}; it must have exactly one of file and objects`,
  }),
);

export type RawConfig = z.output<typeof rawSchema>;
