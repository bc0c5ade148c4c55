import type { Drill } from '../../analysis/drill/drill';
import type { PlaceOf } from '../../analysis/drill/drill-report';
import type { Reachability } from '../../analysis/flows/reachability';
import type { Sides } from '../../deployment/agreements/sides';
import type { Model } from '../../deployment/model/model';
import type { KubernetesObject } from '../../documents/kubernetes';
import { namespaceOf } from '../../kubernetes/kinds';
import type { CellPlace } from './report-table';

/** What a report is about: a deployment, or manifests of any origin. */
export interface ReportSubject {
  /** It holds the manifests and the nodes, too. */
  readonly drill: Drill;
  readonly reachability: Reachability;
  /** The line of a field of a manifest. */
  readonly placeOf: PlaceOf;
  /** Undefined for manifests of another origin. */
  readonly deployment?: ReportedDeployment | undefined;
}

/** What only a configuration states. */
export interface ReportedDeployment {
  readonly model: Model;
  /** The documents of both sides, and the set-up of the nodes. */
  readonly sides: Sides;
  /** The line of a value of the configuration. */
  readonly configured: (path: readonly (string | number)[]) => CellPlace;
}

/** The name of an object in a table: with its namespace if the manifests have several. */
export function nameIn({ drill }: ReportSubject, object: KubernetesObject): string {
  const { pods } = drill.cluster.manifests;
  const namespaces = new Set(pods.all.map(({ namespace }) => namespace));
  return namespaces.size > 1 ? `${namespaceOf(object)}/${object.metadata.name}` : object.metadata.name;
}
