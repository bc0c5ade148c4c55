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

/** A request and a limit. The limit must not be below the request. */
function bounded(quantity: z.ZodType<string, string>) {
  return strictObject({ request: quantity, limit: quantity }).refine(
    // A malformed quantity is valid here, because another check reports it.
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

/** The resource requests and limits of one pod. */
export const resourcesSchema = strictObject({
  cpu: bounded(cpuSchema),
  memory: bounded(bytesSchema),
  extended: (fieldSchema(extendedField) as z.ZodType<Record<string, number>>).exactOptional(),
});

/** A number of seconds, at most one day. */
export const secondsSchema = (minimum: number) => counted(rules.seconds(minimum));

const probeTiming = {
  initialDelaySeconds: secondsSchema(0).exactOptional(),
  periodSeconds: secondsSchema(1).exactOptional(),
  timeoutSeconds: secondsSchema(1).exactOptional(),
  failureThreshold: counted(rules.failureThreshold).exactOptional(),
};

/** With a path, the kubelet sends an HTTP request; without a path, it opens a TCP connection to the port. */
export const probe = strictObject({ path: urlPathSchema.exactOptional(), ...probeTiming });

/** A reference to a key of a Secret. */
export const secretKey = strictObject({ secret: objectNameSchema, key: dataKeySchema });

/** The value of a variable that is not a plain string. */
const variableSource = strictObject({
  fromConfig: dataKeySchema.exactOptional(),
  compose: text(
    'a string with $(NAME) in it, where NAME is another variable of the workload',
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

/** The environment variables and the command of a container. */
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
  probes:
    'an init container ends before the other containers start, so it has no probes; remove them, or move the container to sidecars',
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

/** The additional containers of a pod. */
export const extraContainersShape = {
  initContainers: listSchema(initContainer).exactOptional(),
  sidecars: listSchema(sidecar).exactOptional(),
};

/** The optional pod settings that every kind has. */
export const podExtrasShape = {
  ...fieldShape(placementFields),
  ...extraContainersShape,
  volumes: podVolumes.exactOptional(),
};

/** The keys of the configuration that every container of an application has. */
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
