import { z } from 'zod';
import { expandedNames } from '../../../kubernetes/expansion';
import { parseQuantity } from '../../../kubernetes/quantity';
import * as rules from '../../../kubernetes/value-rule';
import {
  bytes,
  containerPath,
  counted,
  cpu,
  dataKey,
  distinct,
  list,
  named,
  objectName,
  othersUnresolved,
  resolvable,
  serviceName,
  strictObject,
  text,
  urlPath,
  userId,
  variableName,
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
export const resources = strictObject({ cpu: bounded(cpu), memory: bounded(bytes) });

/** Seconds up to a day. */
export const seconds = (minimum: number) => counted(rules.seconds(minimum));

const probeTiming = {
  initialDelaySeconds: seconds(0).exactOptional(),
  periodSeconds: seconds(1).exactOptional(),
  timeoutSeconds: seconds(1).exactOptional(),
  failureThreshold: counted(rules.failureThreshold).exactOptional(),
};

/** With a path the probe asks over HTTP; without one, whether the port accepts a connection. */
export const probe = strictObject({ path: urlPath.exactOptional(), ...probeTiming });

/** One key of a Secret. */
export const secretKey = strictObject({ secret: objectName, key: dataKey });

/** Where a variable has its value from, if it is not plain text. */
const variableSource = strictObject({
  fromConfig: dataKey.exactOptional(),
  compose: text(
    'text with $(NAME) in it, where NAME is another variable of the workload',
    (value) => expandedNames(value).length > 0,
  ).exactOptional(),
  literal: text('text', () => true).exactOptional(),
}).refine((source) => Object.keys(source).length === 1, {
  error: ({ input }) =>
    `has ${Object.keys(input as object).join(' and ') || 'no key'}; it must have exactly one of fromConfig, compose and literal`,
});

const environmentValue = z.union([text('text', () => true), variableSource]);

export type EnvironmentSource = z.output<typeof environmentValue>;

const secretKeys = strictObject({ keys: list(dataKey), others: othersUnresolved });

const files = strictObject({ secret: objectName, key: dataKey, directory: containerPath });

const scratch = strictObject({ directory: containerPath, sizeLimit: bytes });

/** What every container of an application states, whatever its workload does. */
export const container = {
  image: serviceName,
  user: resolvable(userId),
  environment: named(variableName, environmentValue).exactOptional(),
  config: z.union([word('all'), list(dataKey)]).exactOptional(),
  secrets: named(objectName, secretKeys).exactOptional(),
  files: resolvable(named(serviceName, files)).exactOptional(),
  scratch: named(serviceName, scratch).exactOptional(),
  connectsTo: distinct(list(serviceName)).exactOptional(),
  resources,
};

export type SecretKey = z.output<typeof secretKey>;
