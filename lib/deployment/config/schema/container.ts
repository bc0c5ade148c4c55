import { z } from 'zod';
import { expandedNames } from '../../../kubernetes/expansion';
import { parseQuantity } from '../../../kubernetes/quantity';
import * as rules from '../../../kubernetes/value-rule';
import {
  bytesSchema,
  containerPathSchema,
  counted,
  cpuSchema,
  dataKeySchema,
  distinct,
  environmentText,
  listSchema,
  named,
  objectNameSchema,
  othersUnresolved,
  resolvable,
  serviceName,
  strictObject,
  text,
  urlPathSchema,
  userIdSchema,
  variableNameSchema,
  word,
} from './primitives';

/** What a container is promised (`request`) and what it may use at most (`limit`). */
function bounded(quantity: z.ZodType<string, string>) {
  return strictObject({ request: quantity, limit: quantity }).refine(
    // A malformed one is told of by itself.
    ({ request, limit }) =>
      (parseQuantity(request) ?? 0) <= (parseQuantity(limit) ?? Number.POSITIVE_INFINITY),
    {
      path: ['request'],
      error: (issue) => {
        const { request, limit } = issue.input as { request: string; limit: string };
        return `is ${request}, above the limit of ${limit}; lower the request or raise the limit`;
      },
    },
  );
}

/** What the pods of any workload may use. */
export const resourcesSchema = strictObject({ cpu: bounded(cpuSchema), memory: bounded(bytesSchema) });

/** Seconds up to a day. */
export const secondsSchema = (minimum: number) => counted(rules.seconds(minimum));

const probeTiming = {
  initialDelaySeconds: secondsSchema(0).exactOptional(),
  periodSeconds: secondsSchema(1).exactOptional(),
  timeoutSeconds: secondsSchema(1).exactOptional(),
  failureThreshold: counted(rules.failureThreshold).exactOptional(),
};

/** With a path the probe asks over HTTP; without one, whether the port accepts a connection. */
export const probe = strictObject({ path: urlPathSchema.exactOptional(), ...probeTiming });

/** One key of a Secret. */
export const secretKey = strictObject({ secret: objectNameSchema, key: dataKeySchema });

/** Where a variable has its value from, if it is not plain text. */
const variableSource = strictObject({
  fromConfig: dataKeySchema.exactOptional(),
  compose: text(
    'text with $(NAME) in it, where NAME is another variable of the workload',
    (value) => expandedNames(value).length > 0,
  ).exactOptional(),
  literal: text('text', () => true).exactOptional(),
}).refine((source) => Object.keys(source).length === 1, {
  error: ({ input }) =>
    `has ${Object.keys(input as object).join(' and ') || 'no key'}; it must have exactly one of fromConfig, compose and literal`,
});

const environmentValue = z.union([environmentText, variableSource]);

export type EnvironmentSource = z.output<typeof environmentValue>;

const secretKeys = strictObject({ keys: listSchema(dataKeySchema), others: othersUnresolved });

const files = strictObject({ secret: objectNameSchema, key: dataKeySchema, directory: containerPathSchema });

const scratch = strictObject({ directory: containerPathSchema, sizeLimit: bytesSchema });

/** What every container of an application states, whatever its workload does. */
export const containerSchemaFields = {
  image: serviceName,
  user: resolvable(userIdSchema),
  environment: named(variableNameSchema, environmentValue).exactOptional(),
  config: z.union([word('all'), listSchema(dataKeySchema)]).exactOptional(),
  secrets: named(objectNameSchema, secretKeys).exactOptional(),
  files: resolvable(named(serviceName, files)).exactOptional(),
  scratch: named(serviceName, scratch).exactOptional(),
  connectsTo: distinct(listSchema(serviceName)).exactOptional(),
  resources: resourcesSchema,
};

export type SecretKeyConfig = z.output<typeof secretKey>;
