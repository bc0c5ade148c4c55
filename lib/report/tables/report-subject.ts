import type { Drill } from '../../analysis/drill/drill';
import type { PlaceOf } from '../../analysis/drill/drill-report';
import type { Reachability } from '../../analysis/flows/reachability';
import type { Sides } from '../../deployment/agreements/sides';
import type { Model } from '../../deployment/model/model';
import type { KubernetesObject } from '../../documents/kubernetes';
import { namespaceOf } from '../../kubernetes/kinds';
import type { CellPlace } from './report-table';

/** The input of a report: a deployment of this package, or other manifests. */
export interface ReportSubject {
  /** The analysis of failures, with the manifests and nodes. */
  readonly drill: Drill;
  readonly reachability: Reachability;
  /** Finds the line of a field in a manifest file. */
  readonly placeOf: PlaceOf;
  /** Undefined for manifests that this package did not generate. */
  readonly deployment?: ReportedDeployment | undefined;
}

/** The parts of a report that only a configuration provides. */
export interface ReportedDeployment {
  readonly model: Model;
  /** The Kubernetes and Terraform output, and the setup of the nodes. */
  readonly sides: Sides;
  /** Finds the line of a value in the configuration. */
  readonly configured: (path: readonly (string | number)[]) => CellPlace;
}

/** The name of an object in a table. The namespace is added if the manifests have several namespaces. */
export function nameIn({ drill }: ReportSubject, object: KubernetesObject): string {
  const { pods } = drill.cluster.manifests;
  const namespaces = new Set(pods.all.map(({ namespace }) => namespace));
  return namespaces.size > 1 ? `${namespaceOf(object)}/${object.metadata.name}` : object.metadata.name;
}
