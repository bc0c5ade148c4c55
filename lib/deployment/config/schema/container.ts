import { z } from 'zod';
import { accountField, type ServiceAccountProps } from '../../../constructs/parts/account';
import { mountsField, programFields } from '../../../constructs/parts/containers';
import { placementFields } from '../../../constructs/parts/placement';
import { extendedField } from '../../../constructs/parts/resources';
import { type MountedVolume, sourceProblem, volumesField } from '../../../constructs/parts/volumes';
import { expandedNames } from '../../../kubernetes/expansion';
import { parseQuantity } from '../../../kubernetes/quantity';
import * as rules from '../../../kubernetes/value-rule';
import { fieldSchema, fieldShape } from './field-schema';
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
  portNumber,
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
export const resourcesSchema = strictObject({
  cpu: bounded(cpuSchema),
  memory: bounded(bytesSchema),
  extended: (fieldSchema(extendedField) as z.ZodType<Record<string, number>>).exactOptional(),
});

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

const podVolumes = (fieldSchema(volumesField) as z.ZodType<Record<string, MountedVolume>>).superRefine(
  (volumes, context) => {
    for (const [name, volume] of Object.entries(volumes)) {
      const message = sourceProblem(volume);
      if (message !== undefined) context.addIssue({ code: 'custom', path: [name], message });
    }
  },
);

/** What any container reads, and what it runs. */
const programShape = {
  image: serviceName,
  environment: named(variableNameSchema, environmentValue).exactOptional(),
  config: z.union([word('all'), listSchema(dataKeySchema)]).exactOptional(),
  secrets: named(objectNameSchema, secretKeys).exactOptional(),
};

const extraContainerShape = {
  name: serviceName,
  ...programShape,
  ...fieldShape(programFields),
  mounts: fieldSchema(mountsField).exactOptional() as z.ZodExactOptional<z.ZodType<Record<string, string>>>,
  resources: resourcesSchema,
};

const initContainer = strictObject(extraContainerShape, {
  probes: 'an init container runs to its end before the others start; remove it, or make it one of sidecars',
});

const sidecar = strictObject({
  ...extraContainerShape,
  port: portNumber.exactOptional(),
  probes: strictObject({
    startup: probe.exactOptional(),
    readiness: probe.exactOptional(),
    liveness: probe.exactOptional(),
  }).exactOptional(),
});

/** Containers besides the main one. */
export const extraContainersShape = {
  initContainers: listSchema(initContainer).exactOptional(),
  sidecars: listSchema(sidecar).exactOptional(),
};

/** What the pods of any kind may state, whatever their program is. */
export const podExtrasShape = {
  ...fieldShape(placementFields),
  ...extraContainersShape,
  volumes: podVolumes.exactOptional(),
};

/** What every container of an application states, whatever its workload does. */
export const containerSchemaFields = {
  ...programShape,
  ...fieldShape(programFields),
  ...podExtrasShape,
  user: resolvable(userIdSchema),
  files: resolvable(named(serviceName, files)).exactOptional(),
  scratch: named(serviceName, scratch).exactOptional(),
  connectsTo: distinct(listSchema(serviceName)).exactOptional(),
  serviceAccount: fieldSchema(accountField).exactOptional() as z.ZodExactOptional<
    z.ZodType<ServiceAccountProps>
  >,
  resources: resourcesSchema,
};

export type SecretKeyConfig = z.output<typeof secretKey>;
export type SidecarConfig = z.output<typeof sidecar>;
export type InitContainerConfig = z.output<typeof initContainer>;
