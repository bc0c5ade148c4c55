import { flowAssumptions } from '../../analysis/flows/assumptions';
import { portsByPair } from '../../analysis/flows/matrix';
import type { AllowedBy } from '../../analysis/flows/reachability';
import type { ReportSubject } from './report-subject';
import { type ReportTable, reportTable } from './report-table';

/** The connections that the NetworkPolicies allow, by client and server. */
export function flowsTable({ reachability, deployment }: ReportSubject): ReportTable[] {
  const { connections } = reachability;
  const policies = (from: string, to: string, side: 'egress' | 'ingress') =>
    describePolicies(
      connections
        .filter((each) => each.from.name === from && each.to.name === to)
        .map(({ allowedBy }) => allowedBy[side]),
    );
  const rows = [...portsByPair(connections)].flatMap(([from, servers]) =>
    [...servers].map(([to, ports]) => [
      from,
      to,
      ports,
      policies(from, to, 'egress'),
      policies(from, to, 'ingress'),
    ]),
  );
  const checked =
    deployment === undefined ? [] : ['These are exactly the connections that the configuration declares.'];
  return reportTable({
    id: 'flows',
    title: 'Flows',
    about: ['The connections that the NetworkPolicies allow. No other connection is possible.', ...checked],
    columns: ['From', 'To', 'Ports', 'Egress allowed by', 'Ingress allowed by'],
    rows,
    notes: flowAssumptions.map((each) => `Assumed: ${each}`),
  });
}

function describePolicies(all: readonly AllowedBy[]): string {
  const names = all.flatMap((each) => (each === 'not isolated' ? [] : each));
  return [...new Set(names)].sort().join(', ');
}
