import { Drill } from '../../analysis/drill/drill';
import { analyse } from '../../analysis/flows/reachability';
import { drillFacts } from '../../deployment/checks/drill-facts';
import { sidesOf } from '../../deployment/checks/sides-of';
import { topologyOf } from '../../deployment/model/addresses';
import { nodeSetups } from '../../deployment/stacks/node-scripts';
import { readLocatedManifests } from '../../input/documents';
import { defaultTopology } from '../../kubernetes/k3s-network';
import type { ReportSubject } from '../../report/tables/report-subject';
import { type NodeOptions, statedNodes } from '../node-options';
import { reading, Unreadable } from '../run';
import type { Synthesis } from '../synthesize';
import { placesInFiles, placesInOutput } from './manifest-places';

/** The subject of a report about a deployment. */
export function reportOfDeployment(synthesis: Synthesis): ReportSubject {
  const { model, documents, terraform, placeOf } = synthesis;
  const objects = documents.map(({ object }) => object);
  const drill = Drill.of(objects, drillFacts(model));
  return {
    drill,
    reachability: analyse(objects, topologyOf(model)),
    placeOf: placesInOutput(synthesis, drill),
    deployment: {
      model,
      sides: { ...sidesOf(model, terraform, nodeSetups(model)), objects },
      configured: (path) => placeOf(path),
    },
  };
}

/** The subject of a report about manifests of any origin. */
export interface ReportedFiles extends ReportSubject {
  /** The assumptions about the nodes, as sentences. */
  readonly assumed: readonly string[];
}

/** @throws Unreadable for a file that is not a manifest */
export function reportOfFiles(files: readonly string[], options: NodeOptions): ReportedFiles {
  const located = reading(() => readLocatedManifests(files));
  if (located.length === 0)
    throw new Unreadable(
      `No Kubernetes object in ${files.join(', ')}. Name files or directories with manifests.`,
    );
  const { nodes, assumed } = statedNodes(options);
  const objects = located.map(({ object }) => object);
  const drill = Drill.of(objects, { nodes });
  return {
    drill,
    reachability: analyse(objects, defaultTopology),
    placeOf: placesInFiles(located, drill),
    assumed,
  };
}
