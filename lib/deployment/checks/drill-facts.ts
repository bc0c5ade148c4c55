import type { DrillFacts } from '../../analysis/drill/facts';
import { localPath } from '../../kubernetes/storage/local-path';
import { clusterNodes } from '../config/cluster-nodes';
import { isUnresolved } from '../config/schema/unresolved';
import { targetsOf } from '../model/flows';
import { k3sSystem } from '../model/k3s-system';
import type { Model } from '../model/model';

/** The facts that a drill uses in addition to the manifests. */
export function drillFacts(model: Model): DrillFacts {
  const { nodes, external, workloads, edge } = model;
  return {
    nodes: clusterNodes(model),
    // The StorageClass that k3s makes the default.
    defaultStorageClass: localPath,
    external: Object.entries(external).map(([name, { host }]) => ({
      name,
      host: isUnresolved(host) ? undefined : host,
    })),
    needs: Object.fromEntries(
      workloads.map(([name, workload]) => [name, targetsOf(model, workload).map((target) => target.name)]),
    ),
    edgeAddresses:
      edge === undefined ? [] : Object.entries(nodes).map(([node, { address }]) => ({ address, node })),
    system: k3sSystem,
  };
}
