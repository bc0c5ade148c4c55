import type { Deployment } from '../schema/schema';
import { isApplication, type Workload } from '../schema/workloads';
import { at, type ConfigFinding, type DeclaredNames, unknown } from './finding';

/** Checks that the targets of a workload's connections have a port. */
export function connectionFindings(
  name: string,
  workload: Workload,
  { workloads, external = {} }: Deployment,
  declared: DeclaredNames,
): ConfigFinding[] {
  if (!isApplication(workload)) return [];
  return (workload.connectsTo ?? []).flatMap((target, index) => {
    const place = ['workloads', name, 'connectsTo', index];
    if (target === name) return [at(place, 'names the workload itself; remove it')];
    if (!declared.destinations.includes(target)) {
      const known = declared.destinations.filter((candidate) => candidate !== name);
      return [at(place, unknown('', target, known))];
    }
    const kind = target in external ? 'External' : workloads[target]?.kind;
    if (kind === undefined || ['External', 'WebService', 'StatefulService', 'Redis'].includes(kind))
      return [];
    const answers = ['MetricsAgent', 'RedisExporter'].includes(kind)
      ? 'accepts connections only from the metrics agent'
      : 'has no port';
    return [at(place, `names ${target}, a ${kind}, which ${answers}; remove the entry`)];
  });
}

/** `connectsTo` names workloads and external services, so their names must differ. */
export function sharedNameFindings({ workloads, external = {} }: Deployment): ConfigFinding[] {
  return Object.keys(external)
    .filter((name) => name in workloads)
    .map((name) => ({
      ...at(['external', name], 'is also the name of a workload; choose another name'),
      key: true,
    }));
}
