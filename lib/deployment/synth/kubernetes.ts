import { ApiObject, type App, Chart } from 'cdk8s';
import type { Json, KubernetesDocument, KubernetesObject } from '../../documents/kubernetes';

/** A chart, the file that it is written to, and its objects in construction order. */
export interface ChartDocuments {
  readonly chart: Chart;
  readonly file: string;
  readonly documents: readonly KubernetesDocument[];
}

/**
 * Synthesizes a cdk8s app in memory, sorted by chart.
 *
 * It reads the objects of each chart once, directly from the construct tree. `App.synth` instead resolves the
 * dependencies of the whole app for every chart, which is quadratic.
 */
export function kubernetesDocuments(app: App): ChartDocuments[] {
  const peers = new Map<string, Json[]>();
  return app.node.children
    .filter((child): child is Chart => Chart.isChart(child))
    .map((chart) => ({ chart, file: `${chart.node.id}.k8s.yaml` }))
    .sort((a, b) => (a.file < b.file ? -1 : 1))
    .map(({ chart, file }) => ({ chart, file, documents: documentsOf(chart, file, peers) }));
}

function documentsOf(chart: Chart, file: string, peers: Map<string, Json[]>): KubernetesDocument[] {
  return chart.node
    .findAll()
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))
    .map((object) => ({
      file,
      constructPath: object.node.path,
      object: withSharedPeers(jsonOf(object), peers),
    }));
}

/**
 * The policy of every host allows the same, long list of ingress controllers. If the policies share the list,
 * it takes less memory and is printed once.
 */
function withSharedPeers(object: KubernetesObject, known: Map<string, Json[]>): KubernetesObject {
  if (object.kind !== 'NetworkPolicy') return object;
  const { spec } = object as { readonly spec?: { readonly ingress?: { from?: Json[] }[] } };
  for (const rule of spec?.ingress ?? []) {
    if (rule.from === undefined) continue;
    const key = JSON.stringify(rule.from);
    const shared = known.get(key);
    if (shared === undefined) known.set(key, rule.from);
    else rule.from = shared;
  }
  return object;
}

/** A class that cdk8s generated for a kind. */
interface GeneratedKind {
  /** Turns props into an object of the kind. */
  manifest(props: unknown): KubernetesObject;
}

/**
 * Computes what `toJson` returns, in less than half of the time. To support `Lazy` values, `toJson` calls
 * three resolvers for each value and copies the object twice. Our charts have no `Lazy` values (a test
 * compares both results). An object with a patch has its own `toJson`, which is called.
 */
function jsonOf(object: ApiObject): KubernetesObject {
  const kind = object.constructor as unknown as Partial<GeneratedKind>;
  if (kind.manifest === undefined || object['patches'].length > 0 || Object.hasOwn(object, 'toJson'))
    return object.toJson();
  return kind.manifest({ ...object['props'], metadata: object.metadata.toJson() });
}
