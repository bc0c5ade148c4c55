import custom from '../../../imports/crds/schema.json';
import kubernetes from '../../../imports/kubernetes/schema.json';
import type { ClusterRelease } from '../release/cluster-release';
import { isInRange, parseRanged, type VersionRange } from '../release/version-range';

/** The fields of each type, in the format that `imports/schema-table.ts` writes. */
type Tables = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A field of an object type in one range of releases. */
interface SchemaField {
  readonly name: string;
  /** The field's type, in the notation of `imports/schema-table.ts`. */
  readonly type: string;
  readonly isRequired: boolean;
  readonly range: VersionRange;
}

interface FieldsOfType {
  /** The fields that the release has, by name. */
  readonly known: ReadonlyMap<string, SchemaField>;
  /** Fields that only other releases have, and the forms that other releases have of the release's own fields. */
  readonly others: readonly SchemaField[];
}

const kubernetesKinds: Tables = kubernetes.kinds;
const kubernetesTypes: Tables = kubernetes.types;
const customKinds: Tables = custom.kinds;
const customTypes: Tables = custom.types;

/** Every kind with a schema, as `<apiVersion>/<kind>`. */
export const schemaKinds: ReadonlySet<string> = new Set([
  ...Object.keys(kubernetesKinds),
  ...Object.keys(customKinds),
]);

/** Whether a CustomResourceDefinition defines a type. */
export function isCustomType(type: string): boolean {
  return Object.hasOwn(customTypes, type) || Object.hasOwn(customKinds, type);
}

/**
 * The component that defines a type, such as Kubernetes. Version ranges of the type's fields are versions of this
 * component.
 */
interface Origin {
  readonly name: string;
  readonly version: string | undefined;
}

/** The component that defines a type, and the version of the component in a release. */
export function originOf(type: string, release: ClusterRelease): Origin {
  if (!isCustomType(type)) return { name: 'Kubernetes', version: release.kubernetes };
  return /^(helm\.cattle\.io\/|HelmChart)/.test(type)
    ? { name: 'helm-controller', version: release.helmController }
    : { name: "Traefik's chart", version: release.traefikChart };
}

/**
 * The fields of a type in a release. If the release is unknown, all fields of all releases, each in its newest form.
 */
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
