import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { k8s } from 'cdk8s-plus-34';
import ts from 'typescript';
import type { OutputFile } from '../../lib/documents/file';
import { type Fields, printTable, printTypes } from '../schema-table';

/** The cluster's Kubernetes (1.34) as data: the only cdk8s package of that version, and used for nothing else. */
const source = 'cdk8s-plus-34';

/**
 * The kinds that may be synthesized or checked, by their cdk8s classes. Of a kind that isn't listed no field is looked
 * at, which is a finding: add its class here and run `npm run imports`.
 */
const kinds = [
  'KubeClusterRole',
  'KubeClusterRoleBinding',
  'KubeConfigMap',
  'KubeCronJob',
  'KubeDaemonSet',
  'KubeDeployment',
  'KubeHorizontalPodAutoscalerV2',
  'KubeIngress',
  'KubeIngressClass',
  'KubeJob',
  'KubeLimitRange',
  'KubeNamespace',
  'KubeNetworkPolicy',
  'KubePersistentVolumeClaim',
  'KubePod',
  'KubePodDisruptionBudget',
  'KubePriorityClass',
  'KubeReplicaSet',
  'KubeReplicationController',
  'KubeResourceQuota',
  'KubeRole',
  'KubeRoleBinding',
  'KubeSecret',
  'KubeService',
  'KubeServiceAccount',
  'KubeStatefulSet',
] as const satisfies readonly (keyof typeof k8s)[];

/**
 * Derives `imports/kubernetes/schema.json`, the table that `lib/kubernetes/schema/kubernetes-schema.ts` walks,
 * `imports/kubernetes/kinds.ts`, the types that rules read manifests by, and `imports/kubernetes/served.json`, from the TypeScript declarations of
 * cdk8s-plus-34, which cdk8s generated from Kubernetes' own OpenAPI document.
 *
 * The declarations say `number` for every number; it is read as integer, because none of these kinds has a
 * fractional field in Kubernetes 1.34. Enumerations and formats (base64, int32) are lost in the declarations, and
 * `status` is left out there: only the cluster writes it.
 *
 * @param root the project's directory, from which the package is resolved
 * @throws when the declarations contain something that this function can't read, naming where
 */
export function kubernetesSchema(root: string): OutputFile[] {
  const resolve = createRequire(join(root, 'package.json'));
  const manifest = resolve.resolve(`${source}/package.json`);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const classes = resolve(`${source}/lib/imports/k8s`) as typeof k8s;
  const interfaces = readInterfaces(join(dirname(manifest), 'lib', 'imports', 'k8s.d.ts'));

  const types = new Map<string, Fields>();
  const pending: string[] = [];
  const read = (name: string): Map<string, string> => {
    const declaration = interfaces.get(name);
    if (declaration === undefined) throw new Error(`${source} declares no interface ${name}`);
    const fields = declaration.members.map((member) => readField(member, name));
    pending.push(...fields.flatMap(([, type]) => type.match(/[A-Z]\w*/g) ?? []));
    return new Map(fields);
  };

  const roots = new Map<string, Fields>();
  for (const kind of kinds) {
    const { apiVersion, kind: name } = classes[kind].GVK;
    const fields = read(`${kind}Props`);
    roots.set(`${apiVersion}/${name}`, fields.set('apiVersion!', 'string').set('kind!', 'string'));
  }
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (!types.has(name)) types.set(name, read(name));
  }

  const from = `${source} ${version}`;
  return [
    { path: 'imports/kubernetes/schema.json', text: printTable(from, roots, types) },
    { path: 'imports/kubernetes/kinds.ts', text: printTypes(from, roots, types) },
    { path: 'imports/kubernetes/served.json', text: printServed(from, Object.values(classes)) },
  ];
}

/** Every kind that the API server knows by itself, those without a schema here, too; no lists, which are no objects. */
function printServed(from: string, classes: readonly unknown[]): string {
  const all = classes.flatMap((each) => {
    const { GVK } = each as { GVK?: { apiVersion: string; kind: string } };
    return GVK === undefined || GVK.kind.endsWith('List') ? [] : `${GVK.apiVersion}/${GVK.kind}`;
  });
  return `${JSON.stringify({ source: from, kinds: all.sort() }, null, 2)}\n`;
}

/**
 * Parses the declarations without resolving anything: the shape is all in the syntax, and resolving takes seconds.
 * Parents are set, because TypeScript doesn't find a node's JSDoc tags without them.
 */
function readInterfaces(path: string): ReadonlyMap<string, ts.InterfaceDeclaration> {
  const file = ts.createSourceFile('k8s.d.ts', readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  return new Map(file.statements.filter(ts.isInterfaceDeclaration).map((each) => [each.name.text, each]));
}

/**
 * One field. TypeScript's name isn't always JSON's (`clusterIp` is `clusterIP` to Kubernetes): the tag that cdk8s
 * writes above each, `@schema io.k8s.api.core.v1.ServiceSpec#clusterIP`, has the original.
 */
function readField(member: ts.TypeElement, owner: string): [name: string, type: string] {
  const tag = ts.getJSDocTags(member).find((each) => each.tagName.text === 'schema');
  const name = ts.getTextOfJSDocComment(tag?.comment)?.match(/#(\S+)$/)?.[1];
  if (name === undefined || !ts.isPropertySignature(member) || member.type === undefined) {
    throw new Error(`${source}: can't read a member of ${owner}: it isn't a typed field with a @schema tag`);
  }
  const type = readType(member.type);
  if (type === undefined) throw new Error(`${source}: can't read the type of ${owner}.${name}`);
  return [member.questionToken === undefined ? `${name}!` : name, type];
}

const referenced: Readonly<Record<string, string>> = {
  Date: 'time',
  IntOrString: 'int-or-string',
  Quantity: 'quantity',
};

function readType(node: ts.TypeNode): string | undefined {
  if (node.kind === ts.SyntaxKind.StringKeyword) return 'string';
  if (node.kind === ts.SyntaxKind.NumberKeyword) return 'integer';
  if (node.kind === ts.SyntaxKind.BooleanKeyword) return 'boolean';
  if (node.kind === ts.SyntaxKind.AnyKeyword) return 'any';
  if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) {
    return referenced[node.typeName.text] ?? node.typeName.text;
  }
  if (ts.isArrayTypeNode(node)) {
    const item = readType(node.elementType);
    return item && `${item}[]`;
  }
  if (ts.isTypeLiteralNode(node)) {
    const [index, ...others] = node.members;
    if (index === undefined || others.length > 0 || !ts.isIndexSignatureDeclaration(index)) return undefined;
    const value = readType(index.type);
    return value && `map<${value}>`;
  }
  return undefined;
}
