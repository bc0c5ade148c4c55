import { isServer } from '../../deployment/config/schema/node-role';
import { isUnresolved } from '../../deployment/config/schema/unresolved';
import { publicHosts } from '../../deployment/model/hosts';
import { append } from '../../documents/append';
import { resolveK3s } from '../../kubernetes/release/k3s-release';
import { describeSum, sumOf } from '../../terraform/hetzner/cost-item';
import { costOf } from './costs';
import { describeType } from './nodes';
import type { ReportedDeployment, ReportSubject } from './report-subject';
import { type ReportTable, reportTable, type TableCell } from './report-table';

/** The most important values of the deployment. */
export function quickFactsTable(subject: ReportSubject): ReportTable[] {
  const { deployment } = subject;
  if (deployment === undefined) return [];
  const { model, configured } = deployment;
  const { edge, k3s, namespace, cluster } = model;
  const fact = (name: string, text: string, ...path: (string | number)[]): (TableCell | string)[] => [
    name,
    { text, place: configured(path) },
  ];
  const cost = costOf(subject);
  const traefik = resolveK3s(k3s)?.release.traefik;
  return reportTable({
    id: 'quick-facts',
    title: 'Quick facts',
    columns: ['Field', 'Value'],
    rows: [
      fact('Orchestrator', `k3s ${k3s} (${describeServers(deployment)})`, 'k3s'),
      fact('Nodes', describeNodes(deployment), 'nodes'),
      fact('Namespace', namespace, 'namespace'),
      ...(edge === undefined
        ? []
        : [
            fact('DNS and edge', `Cloudflare, zone ${edge.zone}`, 'edge', 'zone'),
            fact('Ingress', `Traefik ${traefik ?? 'of k3s'}`, 'k3s'),
            fact('Hosts', publicHosts(model).join(', '), 'workloads'),
          ]),
      ...Object.entries(model.external).map(([name, { host, port }]) =>
        fact(`External: ${name}`, `${isUnresolved(host) ? 'unresolved' : host}:${port}`, 'external', name),
      ),
      ...(cluster.registry === undefined
        ? []
        : [fact('Image registry', cluster.registry.host, 'cluster', 'registry')]),
      ...(cost === undefined ? [] : [['Cost', describeSum(sumOf(cost.items))]]),
    ],
  });
}

function describeServers({ model }: ReportedDeployment): string {
  const nodes = Object.values(model.nodes);
  const servers = nodes.filter(isServer).length;
  const agents = nodes.length - servers;
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  return agents === 0 ? count(servers, 'server') : `${count(servers, 'server')}, ${count(agents, 'agent')}`;
}

/** Formats the nodes: `3 × cx33 (4 vCPU, 8Gi, 80 GB) in nbg1` */
function describeNodes({ model }: ReportedDeployment): string {
  const kinds = new Map<string, string[]>();
  for (const [name, { type, location }] of Object.entries(model.nodes))
    append(kinds, `${describeType(type)}, in ${location}`, name);
  return [...kinds].map(([kind, names]) => `${names.length} × ${kind}`).join('; ');
}
