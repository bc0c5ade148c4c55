import { z } from 'zod';
import { labelKeySchema, labelValueSchema, named, privateRange, strictObject, wrong } from './primitives';

const privateNetwork = strictObject({ range: privateRange, subnet: privateRange });

/** Hetzner's labels have the syntax of Kubernetes labels. The prefix hetzner.cloud/ is reserved. */
const hetznerLabelKey = labelKeySchema.refine((key) => !/^([a-z0-9-]+\.)*hetzner\.cloud\//.test(key), {
  error: ({ input }) =>
    `is "${input}"; Hetzner reserves the prefix hetzner.cloud/; choose another prefix or none`,
});

/** The Hetzner resources that Terraform manages in addition to the servers of `nodes`. */
export const hetzner = strictObject({
  privateNetwork: z.union([z.literal('none'), privateNetwork], {
    error: (issue) => wrong(issue.input, 'none, or a map with range and subnet'),
  }),
  labels: named(hetznerLabelKey, labelValueSchema).exactOptional(),
});
