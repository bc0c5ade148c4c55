import { ApiObject, type App, Chart } from 'cdk8s';
import type { Json, KubernetesDocument, KubernetesObject } from '../../documents/kubernetes';

/** A chart, its file, and its objects in construction order. */
export interface ChartDocuments {
  readonly chart: Chart;
  readonly file: string;
  readonly documents: readonly KubernetesDocument[];
}

/**
 * Turns a cdk8s app into documents in memory, by the names of the charts.
 *
 * Each chart's objects are read once, directly from the tree. `App.synth` resolves the dependencies of the
 * whole app for every chart, which is quadratic.
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
 * The peers of an ingress controller are the same in the policy of every host, and are many. One list of them takes
 * less memory, and is printed once.
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

/** A class that cdk8s generated for one kind. */
interface GeneratedKind {
  /** Turns props into the object with the fields of its kind. */
  manifest(props: unknown): KubernetesObject;
}

/**
 * The result of `toJson`, computed directly. `toJson` calls three resolvers for each value and copies the
 * object twice, for `Lazy` values. Our charts have none (test/synth compares both), and it would take more
 * than half of the time. An object with a patch has a `toJson` of its own.
 */
function jsonOf(object: ApiObject): KubernetesObject {
  const kind = object.constructor as unknown as Partial<GeneratedKind>;
  if (kind.manifest === undefined || object['patches'].length > 0 || Object.hasOwn(object, 'toJson'))
    return object.toJson();
  return kind.manifest({ ...object['props'], metadata: object.metadata.toJson() });
}
