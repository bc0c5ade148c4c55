import type { z } from 'zod';
import { placementFields } from '../../../constructs/parts/placement';
import { fieldShape } from './field-schema';
import {
  labelKeySchema,
  labelValueSchema,
  named,
  objectNameSchema,
  serviceName,
  strictObject,
} from './primitives';

const tls = strictObject({
  secret: objectNameSchema.exactOptional(),
  clusterIssuer: objectNameSchema.exactOptional(),
}).refine((source) => Object.keys(source).length === 1, {
  error: ({ input }) =>
    `has ${Object.keys(input as object).join(' and ') || 'no key'}; it must have exactly one of secret and clusterIssuer`,
});

/** An Ingress for another controller than the Traefik of `edge`. */
export const otherIngress = strictObject({
  class: objectNameSchema,
  controller: strictObject({ namespace: serviceName, labels: named(labelKeySchema, labelValueSchema) }),
  tls,
  annotations: fieldShape(placementFields).annotations,
});

export type OtherIngress = z.output<typeof otherIngress>;
