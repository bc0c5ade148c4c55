import type { IngressSpec } from '../../../imports/kubernetes/kinds';
import { coveringNames, recordsByName } from '../../deployment/agreements/edge-path';
import { addressesOf, type Sides } from '../../deployment/agreements/sides';
import { append } from '../../documents/append';
import type { KubernetesObject } from '../../documents/kubernetes';
import type { TerraformResource } from '../../documents/terraform';
import type { ReportSubject } from './report-subject';
import { type ReportTable, reportTable } from './report-table';

/** A host of an Ingress. */
interface HostRoute {
  readonly object: KubernetesObject;
  readonly host: string;
  readonly index: number;
  readonly services: readonly string[];
  readonly tlsSecret: string;
}

/** Each public host, with its DNS records, certificates and Service. */
export function hostsTable(subject: ReportSubject): ReportTable[] {
  const { placeOf, deployment } = subject;
  const routes = subject.drill.cluster.manifests
    .of('Ingress')
    .flatMap(({ object, fields }) => routesOf(object, fields.spec ?? {}));
  const hosts = [...new Set(routes.map(({ host }) => host))].sort();
  const records = deployment && recordsByName(deployment.sides);
  return reportTable({
    id: 'hosts',
    title: 'Hosts',
    columns: ['Host', 'Service', 'TLS Secret', 'Origin certificate', 'DNS records'],
    rows: hosts.map((host) => {
      const own = routes.filter((each) => each.host === host);
      const [first] = own;
      return [
        {
          text: host,
          place: first && placeOf({ object: first.object, path: `spec.rules[${first.index}].host` }),
        },
        listed(own.flatMap(({ services }) => services)),
        listed(own.map(({ tlsSecret }) => tlsSecret)),
        deployment === undefined ? '' : listed(coveringNames(deployment.sides, host)),
        deployment === undefined ? '' : describeRecords(deployment.sides, records?.get(host) ?? []),
      ];
    }),
  });
}

function routesOf(object: KubernetesObject, { rules = [], tls = [] }: IngressSpec): HostRoute[] {
  return rules.map(({ host = 'every host', http }, index) => ({
    ...{ object, host, index },
    services: (http?.paths ?? []).flatMap(({ path = '/', backend }) => {
      const { name, port } = backend?.service ?? {};
      return name === undefined ? [] : [`${name}:${port?.number ?? port?.name ?? ''} (${path})`];
    }),
    tlsSecret: tls.find(({ hosts = [] }) => hosts.includes(host))?.secretName ?? '',
  }));
}

/** Formats DNS records with the nodes that they point to: `A, proxied: api1, api2`. */
function describeRecords(sides: Sides, records: readonly TerraformResource[]): string {
  const kinds = new Map<string, string[]>();
  for (const { body } of records) {
    const kind = `${String(body['type'])}${body['proxied'] === true ? ', proxied' : ''}`;
    const content = String(body['content']);
    const node = sides.nodes.find((each) => addressesOf(each).includes(content))?.name ?? content;
    append(kinds, kind, node);
  }
  return [...kinds].map(([kind, nodes]) => `${kind}: ${nodes.join(', ')}`).join('; ');
}

function listed(names: readonly string[]): string {
  return [...new Set(names)].filter((name) => name !== '').join(', ');
}
