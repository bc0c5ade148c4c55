import { describeEuros, describeSum, sumOf } from '../../terraform/hetzner/cost-item';
import { priceSource } from '../../terraform/hetzner/prices';
import { type DeploymentCost, deploymentCost } from './deployment-cost';
import type { ReportSubject } from './report-subject';
import { type ReportTable, reportTable } from './report-table';

/** What the deployment costs each month, and which workload by which share. None for manifests of another origin. */
export function costTables(subject: ReportSubject): ReportTable[] {
  const cost = costOf(subject);
  return cost === undefined ? [] : [...itemsTable(cost), ...workloadsTable(cost)];
}

/** What a report's deployment costs; undefined for manifests of another origin. */
export function costOf({ deployment, drill }: ReportSubject): DeploymentCost | undefined {
  if (deployment === undefined) return undefined;
  const { manifests, facts } = drill.cluster;
  return deploymentCost(deployment.model, deployment.sides.terraform, manifests, facts.nodes);
}

/** Where the prices come from, with their day. */
export const priceSources: string = `Hetzner's prices come from ${priceSource.source}. The newest source is of ${priceSource.asOf}.`;

function itemsTable({ items, redundancy }: DeploymentCost): ReportTable[] {
  const sum = sumOf(items);
  return reportTable({
    id: 'costs',
    title: 'Costs',
    about: [`${describeSum(sum)}.`],
    columns: ['What', ['EUR a month'], 'Kind', 'By'],
    rows: [
      ...items.map(({ object, kind, basis, euros }) => [
        object,
        euros === undefined ? 'unknown' : describeEuros(euros),
        kind,
        basis,
      ]),
      ['Sum of the known amounts', describeEuros(sum.euros), '', ''],
    ],
    notes: [
      ...(redundancy === undefined
        ? ['No node is redundant: without it, the pods do not fit.']
        : [
            `The redundancy of one node costs ${describeEuros(redundancy.euros)} EUR of it: the pods fit on the other nodes if any one node is lost (${redundancy.node} is the dearest).`,
          ]),
      priceSources,
      'A server is charged by the price list that was valid when it was ordered. Traffic above the included amount is not counted.',
    ],
  });
}

function workloadsTable({ workloads }: DeploymentCost): ReportTable[] {
  return reportTable({
    id: 'costs-by-workload',
    title: 'Costs by workload',
    about: [
      "A workload's part of the nodes: the mean of its shares of all requested CPU and memory. Jobs, and what k3s runs, have no share.",
    ],
    columns: ['Service', ['Share'], ['EUR a month']],
    rows: workloads.map(({ name, share, euros }) => [
      name,
      `${(share * 100).toFixed(1)} %`,
      describeEuros(euros),
    ]),
  });
}
