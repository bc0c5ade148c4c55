import { at, type Declared, type Finding, unknown } from './finding';
import type { Deployment } from './schema';
import type { Path } from './source';

/** Every public host lies in the one zone, and everything public has an edge to come through. */
export function edgeFindings({ edge, workloads }: Deployment, declared: Declared): Finding[] {
  const hosts = Object.entries(workloads).flatMap(([name, workload]) =>
    workload.kind === 'WebService'
      ? (workload.hosts ?? []).map((host, index) => ({
          host,
          path: ['workloads', name, 'hosts', index] as Path,
        }))
      : [],
  );
  if (edge === undefined) {
    return hosts.map(({ host, path }) =>
      at(path, `is ${host}, and there is no edge; state edge, or remove it`),
    );
  }
  const outside = hosts
    .filter(({ host }) => host !== edge.zone && !host.endsWith(`.${edge.zone}`))
    .map(({ host, path }) =>
      at(path, `is ${host}, outside of edge.zone, ${edge.zone}; it must end with .${edge.zone}`),
    );
  const unknownSecret = declared.secrets.includes(edge.tlsSecret)
    ? []
    : [at(['edge', 'tlsSecret'], unknown('the Secret', edge.tlsSecret, declared.secrets))];
  return [...outside, ...unknownSecret];
}
