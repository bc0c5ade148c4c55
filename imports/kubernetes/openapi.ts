import type { Fields } from '../schema-table';

/** The stored data of one minor version of Kubernetes: `imports/kubernetes/minors/<minor>.json`. */
export interface MinorTable {
  /** The release, the OpenAPI document and its SHA-256. */
  readonly source: string;
  readonly kinds: ReadonlyMap<string, Fields>;
  readonly types: ReadonlyMap<string, Fields>;
  /** By `<type>.<field>`: the key by which `kubectl apply` merges a list. */
  readonly mergeKeys: Readonly<Record<string, string>>;
  /** Every kind that the API server itself serves, as `<apiVersion>/<kind>`. */
  readonly served: readonly string[];
}

/** The used parts of a property or an item in Kubernetes' OpenAPI document, version 2. */
interface OpenApiSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly items?: OpenApiSchema;
  readonly additionalProperties?: OpenApiSchema;
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly 'x-kubernetes-patch-merge-key'?: string;
  readonly 'x-kubernetes-group-version-kind'?: readonly {
    readonly group: string;
    readonly kind: string;
    readonly version: string;
  }[];
}

/** Kubernetes' OpenAPI document, version 2. */
export interface OpenApiDocument {
  readonly definitions: Readonly<Record<string, OpenApiSchema>>;
}

/** By `<definition>.<property>`: the enum values, for a document that does not contain them. */
export type EnumWords = ReadonlyMap<string, readonly string[]>;

/**
 * The kinds that may be synthesized or checked. For any other kind, the fields are not checked, which is a finding. To
 * add a kind, list it here, run `imports/kubernetes/keep.ts` for each minor version, and then `npm run imports`.
 */
const kinds: readonly string[] = [
  'apps/v1/DaemonSet',
  'apps/v1/Deployment',
  'apps/v1/ReplicaSet',
  'apps/v1/StatefulSet',
  'autoscaling/v2/HorizontalPodAutoscaler',
  'batch/v1/CronJob',
  'batch/v1/Job',
  'networking.k8s.io/v1/Ingress',
  'networking.k8s.io/v1/IngressClass',
  'networking.k8s.io/v1/NetworkPolicy',
  'policy/v1/PodDisruptionBudget',
  'rbac.authorization.k8s.io/v1/ClusterRole',
  'rbac.authorization.k8s.io/v1/ClusterRoleBinding',
  'rbac.authorization.k8s.io/v1/Role',
  'rbac.authorization.k8s.io/v1/RoleBinding',
  'scheduling.k8s.io/v1/PriorityClass',
  'v1/ConfigMap',
  'v1/LimitRange',
  'v1/Namespace',
  'v1/PersistentVolumeClaim',
  'v1/Pod',
  'v1/ReplicationController',
  'v1/ResourceQuota',
  'v1/Secret',
  'v1/Service',
  'v1/ServiceAccount',
];

const scalars: Readonly<Record<string, string>> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': 'quantity',
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': 'any',
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': 'time',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': 'time',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'int-or-string',
};

/**
 * Enum values of fields that the document does not mark as enums. The source is the validation of the API server, and
 * for `medium` the kubelet.
 */
const unmarked: Readonly<Record<string, readonly string[]>> = {
  'io.k8s.api.core.v1.EmptyDirVolumeSource.medium': [
    'Memory',
    'HugePages',
    ...['64Ki', '2Mi', '32Mi', '512Mi', '1Gi', '16Gi'].map((size) => `HugePages-${size}`),
  ],
  'io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement.operator': [
    'DoesNotExist',
    'Exists',
    'In',
    'NotIn',
  ],
};

/**
 * Reads the stored data from an OpenAPI document. `status` is left out: only the cluster writes it.
 *
 * @param words the enum values, if the document does not contain them
 * @throws an error with the place, if a kind is missing, or if the table can't represent the type of a property
 */
export function readOpenApi(
  source: string,
  { definitions }: OpenApiDocument,
  words: EnumWords = new Map(),
): MinorTable {
  const served = servedKinds(definitions);
  const roots = new Map(kinds.map((kind) => [served.get(kind) ?? missing(kind), kind]));
  const names = new Map<string, string>();
  const mergeKeys: Record<string, string> = {};

  const nameOf = (definition: string): string => {
    const name = roots.has(definition) ? `Kube${typeName(definition)}Props` : typeName(definition);
    names.set(definition, name);
    return name;
  };
  const typeOf = (schema: OpenApiSchema, place: string): string => {
    const definition = schema.$ref?.replace('#/definitions/', '');
    if (definition !== undefined) return scalars[definition] ?? nameOf(definition);
    const known = schema.type === 'string' ? (words.get(place) ?? unmarked[place]) : undefined;
    const allowed = schema.enum ?? known;
    if (allowed !== undefined) return `enum<${[...allowed].sort().join('|')}>`;
    if (schema.type === 'string' || schema.type === 'integer' || schema.type === 'boolean')
      return schema.type;
    if (schema.type === 'array' && schema.items) return `${typeOf(schema.items, place)}[]`;
    if (schema.additionalProperties) return `map<${typeOf(schema.additionalProperties, place)}>`;
    throw new Error(`${source}: the type of ${place} can't be read: ${JSON.stringify(schema)}`);
  };
  const fieldsOf = (definition: string, type: string): Map<string, string> => {
    const { properties = {}, required = [] } = definitions[definition] ?? missing(definition);
    return new Map(
      Object.entries(properties).flatMap(([name, schema]) => {
        if (name === 'status' && roots.has(definition)) return [];
        const mergeKey = schema['x-kubernetes-patch-merge-key'];
        if (mergeKey !== undefined) mergeKeys[`${type}.${name}`] = mergeKey;
        const field = required.includes(name) ? `${name}!` : name;
        return [[field, typeOf(schema, `${definition}.${name}`)] as const];
      }),
    );
  };

  const kindFields = new Map<string, Fields>();
  for (const [definition, kind] of roots) {
    const { apiVersion: _, kind: __, ...fields } = Object.fromEntries(fieldsOf(definition, kind));
    kindFields.set(kind, new Map(Object.entries(fields)).set('apiVersion!', 'string').set('kind!', 'string'));
  }
  const types = new Map<string, Fields>();
  // The iterator of a Map also visits entries that are added during the iteration.
  for (const [definition, name] of names) {
    const fields = fieldsOf(definition, name);
    if (roots.has(definition)) for (const field of ['apiVersion', 'kind']) fields.delete(field);
    types.set(name, fields);
  }
  return { source, kinds: kindFields, types, mergeKeys, served: [...served.keys()].sort() };
}

/** The definition of every kind with exactly one apiVersion: no lists, and no options that many groups share. */
function servedKinds(definitions: OpenApiDocument['definitions']): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(definitions).flatMap(([name, { 'x-kubernetes-group-version-kind': gvks = [] }]) => {
      const [gvk] = gvks;
      if (gvk === undefined || gvks.length > 1 || gvk.kind.endsWith('List')) return [];
      // Types of API server responses, such as Status.
      if (name.startsWith('io.k8s.apimachinery.')) return [];
      const apiVersion = gvk.group === '' ? gvk.version : `${gvk.group}/${gvk.version}`;
      return [[`${apiVersion}/${gvk.kind}`, name]];
    }),
  );
}

/**
 * A short type name, as cdk8s makes it: `ClientIpConfig` for `io.k8s.api.core.v1.ClientIPConfig`. Versions other than
 * v1 are appended.
 */
function typeName(definition: string): string {
  const [version = '', name = ''] = definition.split('.').slice(-2);
  const pascal = name.replace(
    /[A-Z]{2,}(?=[A-Z][a-z])|[A-Z]+(?![a-z0-9])/g,
    (capitals) => capitals.charAt(0) + capitals.slice(1).toLowerCase(),
  );
  const isLater = /^v\d/.test(version) && version !== 'v1';
  return isLater ? pascal + version.charAt(0).toUpperCase() + version.slice(1) : pascal;
}

function missing(what: string): never {
  throw new Error(`the OpenAPI document has no ${what}`);
}

/**
 * The enum values in `pkg/generated/openapi/zz_generated.openapi.go`. The document in the Kubernetes repository does
 * not contain enum values; the document of an API server (`kubectl get --raw /openapi/v2`) does.
 */
export function readEnumWords(generated: string): EnumWords {
  const words = new Map<string, readonly string[]>();
  let definition = '';
  let property = '';
  for (const line of generated.split('\n')) {
    const [, name] = /^func schema_(?:k8sio_)?(\w+)\(/.exec(line) ?? [];
    if (name !== undefined) definition = `io.k8s.${name.replaceAll('_', '.')}`;
    property = /^\t{5}"(\w+)": \{$/.exec(line)?.[1] ?? property;
    const [, list] = /^\t+Enum: +\[\]interface\{\}\{(.*)\},$/.exec(line) ?? [];
    if (list !== undefined) words.set(`${definition}.${property}`, JSON.parse(`[${list}]`) as string[]);
  }
  return words;
}
