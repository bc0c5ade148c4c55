import { z } from 'zod';
import { labelKeySchema, labelValueSchema, named, privateRange, strictObject, wrong } from './primitives';

const privateNetwork = strictObject({ range: privateRange, subnet: privateRange });

/** Hetzner's labels have the syntax of Kubernetes' labels, and a reserved prefix. */
const hetznerLabelKey = labelKeySchema.refine((key) => !/^([a-z0-9-]+\.)*hetzner\.cloud\//.test(key), {
  error: ({ input }) =>
    `is "${input}"; Hetzner reserves the prefix hetzner.cloud/; choose another prefix or none`,
});

/** The resources that Terraform manages at Hetzner in addition to the servers of `nodes`. */
export const hetzner = strictObject({
  privateNetwork: z.union([z.literal('none'), privateNetwork], {
    error: (issue) => wrong(issue.input, 'none, or a map with range and subnet'),
  }),
  labels: named(hetznerLabelKey, labelValueSchema).exactOptional(),
});
