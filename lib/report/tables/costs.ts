import { describeEuros, describeSum, sumOf } from '../../terraform/hetzner/cost-item';
import { priceSource } from '../../terraform/hetzner/prices';
import { type DeploymentCost, deploymentCost } from './deployment-cost';
import type { ReportSubject } from './report-subject';
import { type ReportTable, reportTable } from './report-table';

/**
 * The monthly costs of the deployment, and the share of each workload. No table for manifests that this package did
 * not generate.
 */
export function costTables(subject: ReportSubject): ReportTable[] {
  const cost = costOf(subject);
  return cost === undefined ? [] : [...itemsTable(cost), ...workloadsTable(cost)];
}

/** The monthly costs of the deployment. Undefined for manifests that this package did not generate. */
export function costOf({ deployment, drill }: ReportSubject): DeploymentCost | undefined {
  if (deployment === undefined) return undefined;
  const { manifests, facts } = drill.cluster;
  return deploymentCost(deployment.model, deployment.sides.terraform, manifests, facts.nodes);
}

/** The source of the prices, with its date. */
export const priceSources: string = `Hetzner's prices come from ${priceSource.source}. The newest source is from ${priceSource.asOf}.`;

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
        ? ['No node is redundant: the pods do not fit on the other nodes if one node is lost.']
        : [
            `The redundancy of one node costs ${describeEuros(redundancy.euros)} EUR of this sum (the price of the most expensive node, ${redundancy.node}): the pods fit on the other nodes if any one node is lost.`,
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
      'The cost of the nodes, divided between the workloads. The share of a workload is the mean of its shares of all requested CPU and of all requested memory. Jobs and the pods of k3s itself have no share.',
    ],
    columns: ['Service', ['Share'], ['EUR a month']],
    rows: workloads.map(({ name, share, euros }) => [
      name,
      `${(share * 100).toFixed(1)} %`,
      describeEuros(euros),
    ]),
  });
}
