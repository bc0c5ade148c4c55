import type { Fields } from '../schema-table';

/** What is kept of one minor version of Kubernetes: `imports/kubernetes/minors/<minor>.json`. */
export interface MinorTable {
  /** The release, the document and its SHA-256. */
  readonly source: string;
  readonly kinds: ReadonlyMap<string, Fields>;
  readonly types: ReadonlyMap<string, Fields>;
  /** The key by which `kubectl apply` merges a list, by `<type>.<field>`. */
  readonly mergeKeys: Readonly<Record<string, string>>;
  /** Every kind that the API server serves by itself, as `<apiVersion>/<kind>`. */
  readonly served: readonly string[];
}

/** A property or an item of Kubernetes' OpenAPI document, version 2, as far as it is read here. */
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

/** The enumerations of a document that leaves them out, by `<definition>.<property>`. */
export type EnumWords = ReadonlyMap<string, readonly string[]>;

/**
 * The kinds that may be synthesized or checked. Of a kind that isn't listed no field is looked at, which is a finding: add it here,
 * run `imports/kubernetes/keep.ts` again for each minor version, and then `npm run imports`.
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

/** Words of fields that the document does not mark as enumerations: the API server's validation has them, and of `medium` the kubelet. */
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
 * What is kept of an OpenAPI document. `status` is left out: only the cluster writes it.
 *
 * @param words the enumerations, where the document has none
 * @throws when a kind is missing, or a property has a type that the table can't hold, naming where
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
  // A Map's iterator also visits what is added on the way.
  for (const [definition, name] of names) {
    const fields = fieldsOf(definition, name);
    if (roots.has(definition)) for (const field of ['apiVersion', 'kind']) fields.delete(field);
    types.set(name, fields);
  }
  return { source, kinds: kindFields, types, mergeKeys, served: [...served.keys()].sort() };
}

/** The definition of every kind that has one apiVersion: no lists, and none of the options that many groups share. */
function servedKinds(definitions: OpenApiDocument['definitions']): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(definitions).flatMap(([name, { 'x-kubernetes-group-version-kind': gvks = [] }]) => {
      const [gvk] = gvks;
      if (gvk === undefined || gvks.length > 1 || gvk.kind.endsWith('List')) return [];
      // Answers of the server, such as Status.
      if (name.startsWith('io.k8s.apimachinery.')) return [];
      const apiVersion = gvk.group === '' ? gvk.version : `${gvk.group}/${gvk.version}`;
      return [[`${apiVersion}/${gvk.kind}`, name]];
    }),
  );
}

/** `ClientIpConfig` for `io.k8s.api.core.v1.ClientIPConfig`, and its version after it unless that is v1: as cdk8s names it. */
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
 * The enumerations of `pkg/generated/openapi/zz_generated.openapi.go`. The document in Kubernetes' repository leaves them out; that of
 * a server (`kubectl get --raw /openapi/v2`) has them.
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
