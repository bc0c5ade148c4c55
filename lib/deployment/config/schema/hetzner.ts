import { z } from 'zod';
import { privateRange, strictObject, wrong } from './primitives';

const privateNetwork = strictObject({ range: privateRange, subnet: privateRange });

/** What Terraform makes at Hetzner, beside the servers of `nodes`. */
export const hetzner = strictObject({
  privateNetwork: z.union([z.literal('none'), privateNetwork], {
    error: (issue) => wrong(issue.input, 'none, or a map with range and subnet'),
  }),
});
