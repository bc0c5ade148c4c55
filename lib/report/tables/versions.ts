import { jsonAt } from '../../deployment/agreements/sides';
import { endOfSupport, minorOf, resolveK3s } from '../../kubernetes/release/k3s-release';
import type { ReportedDeployment, ReportSubject } from './report-subject';
import { type ReportTable, reportTable } from './report-table';

/**
 * The versions of k3s, its bundled components and the Terraform providers, with the end of their support if it is
 * known.
 */
export function versionsTable({ deployment }: ReportSubject): ReportTable[] {
  if (deployment === undefined) return [];
  const { model, configured } = deployment;
  const resolved = resolveK3s(model.k3s);
  const place = configured(['k3s']);
  const bundled: readonly (readonly [name: string, version: string | undefined])[] =
    resolved === undefined
      ? []
      : [
          ['Traefik', resolved.release.traefik],
          ["Traefik's chart", resolved.release.chart],
          ['Helm', resolved.release.helm],
          ['helm-controller', resolved.release.helmController],
          ['etcd', resolved.release.etcd],
        ];
  return reportTable({
    id: 'versions',
    title: 'Versions',
    columns: ['What', 'Version', 'End of support'],
    rows: [
      ['k3s', { text: model.k3s, place }, endOfSupport(minorOf(model.k3s)) ?? 'unknown'],
      ['Kubernetes', minorOf(model.k3s), endOfSupport(minorOf(model.k3s)) ?? 'unknown'],
      ...bundled.map(([name, version]) => [name, { text: version ?? 'unknown', place }, `with k3s`]),
      ...imagesOf(deployment),
      ...providersOf(deployment),
    ],
    notes:
      resolved === undefined || resolved.isExact
        ? []
        : [
            `This package does not know ${model.k3s}: the bundled components are those of ${resolved.release.k3s}.`,
          ],
  });
}

/** The operating systems of the nodes. */
function imagesOf({ model }: ReportedDeployment): string[][] {
  const images = new Set(Object.values(model.nodes).map(({ image }) => image));
  return [...images].sort().map((image) => ['Operating system of the nodes', image, 'unknown']);
}

function providersOf({ sides }: ReportedDeployment): string[][] {
  const found = sides.terraform.flatMap(({ terraform }) =>
    Object.entries((jsonAt(terraform, 'required_providers') ?? {}) as Record<string, { version?: string }>),
  );
  const versions = new Map(found.map(([name, { version = 'any' }]) => [name, version]));
  return [...versions].map(([name, version]) => [`Terraform provider ${name}`, version, 'unknown']);
}
