import { roleOf } from '../../deployment/config/schema/node-role';
import { serverTypes } from '../../terraform/hetzner/prices';
import { describeMemory } from './amounts';
import type { ReportSubject } from './report-subject';
import { type ReportTable, reportTable } from './report-table';

/** The nodes of the cluster, with their names in SSH, Hetzner and Kubernetes, which may differ. */
export function nodesTable({ deployment }: ReportSubject): ReportTable[] {
  if (deployment === undefined) return [];
  const { model, configured } = deployment;
  return reportTable({
    id: 'nodes',
    title: 'Nodes',
    columns: ['Name', 'Address', 'Private address', 'Hostname', 'Type', 'Location', 'Role', 'Labels'],
    rows: Object.entries(model.nodes).map(([name, node]) => [
      { text: name, place: configured(['nodes', name]) },
      { text: node.address, place: configured(['nodes', name, 'address']) },
      node.privateAddress ?? '',
      node.hostname,
      describeType(node.type),
      node.location,
      roleOf(node),
      Object.entries(node.labels ?? {})
        .map(([key, value]) => `${key}=${value}`)
        .join(', '),
    ]),
  });
}

/** Formats a server type: `cx33: 4 vCPU, 8Gi, 80 GB` */
export function describeType(type: string): string {
  const known = serverTypes[type];
  return known === undefined
    ? type
    : `${type}: ${known.vcpu} vCPU, ${describeMemory(known.memory)}, ${known.disk} GB`;
}
