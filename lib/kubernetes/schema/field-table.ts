import custom from '../../../imports/crds/schema.json';
import kubernetes from '../../../imports/kubernetes/schema.json';
import type { ClusterRelease } from '../release/cluster-release';
import { isInRange, parseRanged, type VersionRange } from '../release/version-range';

/** Types by their fields, as `imports/schema-table.ts` writes them. */
type Tables = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A field of an object type, as one release has it. */
interface SchemaField {
  readonly name: string;
  /** Its type in the notation of `imports/schema-table.ts`. */
  readonly type: string;
  readonly isRequired: boolean;
  readonly range: VersionRange;
}

/** The fields of an object type. */
interface FieldsOfType {
  /** Those that the release has, by name. */
  readonly known: ReadonlyMap<string, SchemaField>;
  /** The same fields as later releases have them, and fields that only other releases have. */
  readonly others: readonly SchemaField[];
}

const kubernetesKinds: Tables = kubernetes.kinds;
const kubernetesTypes: Tables = kubernetes.types;
const customKinds: Tables = custom.kinds;
const customTypes: Tables = custom.types;

/** Every kind that has a schema, as `<apiVersion>/<kind>`. */
export const schemaKinds: ReadonlySet<string> = new Set([
  ...Object.keys(kubernetesKinds),
  ...Object.keys(customKinds),
]);

/** Whether a type is one of a CustomResourceDefinition. */
export function isCustomType(type: string): boolean {
  return Object.hasOwn(customTypes, type) || Object.hasOwn(customKinds, type);
}

/** What brings a type: its versions are those of the ranges. */
interface Origin {
  readonly name: string;
  readonly version: string | undefined;
}

/** What brings a type, and in which version the release has it. */
export function originOf(type: string, release: ClusterRelease): Origin {
  if (!isCustomType(type)) return { name: 'Kubernetes', version: release.kubernetes };
  return /^(helm\.cattle\.io\/|HelmChart)/.test(type)
    ? { name: 'helm-controller', version: release.helmController }
    : { name: "Traefik's chart", version: release.traefikChart };
}

/** The fields of a type in a release; where the release isn't known, the newest form of each field that any release has. */
export function fieldsOfType(type: string, release: ClusterRelease): FieldsOfType {
  const table =
    kubernetesKinds[type] ?? customKinds[type] ?? kubernetesTypes[type] ?? customTypes[type] ?? {};
  const { version } = originOf(type, release);
  const known = new Map<string, SchemaField>();
  const others: SchemaField[] = [];
  for (const [key, of] of Object.entries(table)) {
    const { name: stated, range } = parseRanged(key);
    const field = { name: stated.replace('!', ''), type: of, isRequired: stated.endsWith('!'), range };
    if (!isInRange(version, range)) others.push(field);
    else if (version !== undefined || isNewer(field, known.get(field.name))) known.set(field.name, field);
  }
  return { known, others };
}

function isNewer({ range }: SchemaField, than: SchemaField | undefined): boolean {
  return than === undefined || range.until === undefined;
}
