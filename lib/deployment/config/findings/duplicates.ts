import { formatPath, type Path } from '../../../input/source';
import { mountClashes } from '../../../kubernetes/mounts';
import type { Deployment } from '../schema/schema';
import { isUnresolved } from '../schema/unresolved';
import { isApplication, type Workload } from '../schema/workloads';
import { at, type ConfigFinding } from './finding';

/** Hosts, node addresses, node names and volume claims must be unique. */
export function duplicateFindings({ nodes, workloads }: Deployment): ConfigFinding[] {
  const hosts = Object.entries(workloads).flatMap(([name, workload]) =>
    (workload.kind === 'WebService' ? (workload.hosts ?? []) : []).map((host, index) => ({
      value: host,
      path: ['workloads', name, 'hosts', index] as Path,
    })),
  );
  const ofNodes = (field: 'address' | 'hostname' | 'privateAddress') =>
    Object.entries(nodes).flatMap(([name, { [field]: value }]) =>
      value === undefined ? [] : [{ value, path: ['nodes', name, field] as Path }],
    );
  const claims = Object.entries(workloads).flatMap(([name, workload]) =>
    workload.kind === 'Redis'
      ? [{ value: workload.storage.claim, path: ['workloads', name, 'storage', 'claim'] as Path }]
      : [],
  );
  return [hosts, ofNodes('address'), ofNodes('hostname'), ofNodes('privateAddress'), claims].flatMap(
    repeated,
  );
}

/** The API server refuses two volumes with the same name, and two mounts at the same path. */
export function volumeFindings(name: string, workload: Workload): ConfigFinding[] {
  if (!isApplication(workload)) return [];
  const files = isUnresolved(workload.files) ? {} : (workload.files ?? {});
  return mountClashes({ files, scratch: workload.scratch ?? {}, volumes: workload.volumes ?? {} }).map(
    ({ path, value, earlier }) => {
      const first = formatPath(['workloads', name, ...earlier]);
      return at(['workloads', name, ...path], `is ${value}, the same as ${first}; choose different values`);
    },
  );
}

function repeated(entries: readonly { value: string; path: Path }[]): ConfigFinding[] {
  const first = new Map<string, Path>();
  return entries.flatMap(({ value, path }) => {
    const earlier = first.get(value);
    if (earlier === undefined) first.set(value, path);
    return earlier === undefined
      ? []
      : [at(path, `is ${value}, the same as ${formatPath(earlier)}; choose different values`)];
  });
}
