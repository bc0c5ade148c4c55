import { nodeLosses } from '../../kubernetes/scheduling/node-loss';
import { describeCpu, describeMemory } from './amounts';
import type { ReportSubject } from './report-subject';
import { type ReportTable, reportTable } from './report-table';

/** Whether the pods still fit when any one node is lost. No table if the sizes of the nodes are unknown. */
export function capacityTable({ drill, deployment }: ReportSubject): ReportTable[] {
  const { manifests, facts } = drill.cluster;
  const { nodes } = facts;
  if (nodes.length < 2 || nodes.some(({ capacity }) => !Number.isFinite(capacity.cpu + capacity.memory)))
    return [];
  const share = (asked: number, left: number) =>
    left === 0 ? '' : ` (${Math.round((asked / left) * 100)} %)`;
  return reportTable({
    id: 'capacity',
    title: 'Capacity',
    about: [
      'The requests of all pods, and the resources that remain if one node is lost. The requests are those at the peak of a rollout, with all autoscalers at their maximum.',
    ],
    columns: ['Lost', ['CPU requested'], ['CPU left'], ['Memory requested'], ['Memory left'], 'Do not fit'],
    rows: nodeLosses(nodes, manifests).map(({ lost, asked, left, unplaced }) => [
      { text: lost.name, place: deployment?.configured(['nodes', lost.name]) },
      `${describeCpu(asked.cpu)}${share(asked.cpu, left.cpu)}`,
      describeCpu(left.cpu),
      `${describeMemory(asked.memory)}${share(asked.memory, left.memory)}`,
      describeMemory(left.memory),
      unplaced.length === 0 ? 'none' : unplaced.join(', '),
    ]),
  });
}
