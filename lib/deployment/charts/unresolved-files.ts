import { imageReferences, type Workload } from '../config/schema/workloads';
import type { Model } from '../model/model';
import type { UnresolvedValue } from '../model/unresolved-value';

/**
 * The unresolved values in a workload's file: its own, and those of other workloads that are written into it.
 */
export function heldBy(model: Model, name: string, workload: Workload): UnresolvedValue[] {
  const held = [
    `workloads.${name}.`,
    ...imageReferences(workload).map(({ image }) => `images.${image}.`),
    ...writtenInto(model, workload),
  ];
  const metricsPaths = workload.kind === 'MetricsAgent';
  return model.unresolved.filter(({ path }) =>
    isMetrics(path)
      ? metricsPaths && isMetricsPath(path)
      : held.some((prefix) => path === prefix || path.startsWith(prefix)),
  );
}

/** The path of an application's metrics, which the agent scrapes and the edge blocks for the public. */
export function isMetricsPath(path: string): boolean {
  return /^workloads\.[^.]+\.metrics\.path$/.test(path);
}

/** The names of an application's metrics, which are not written into the application's file. */
function isMetrics(path: string): boolean {
  return /^workloads\.[^.]+\.metrics\./.test(path);
}

function writtenInto({ metrics }: Model, workload: Workload): string[] {
  const server = metrics === undefined ? [] : [`external.${metrics.server}.`, 'metrics.token'];
  if (workload.kind === 'MetricsAgent') return [...server, 'metrics.writePath'];
  if (workload.kind !== 'PostgresBackup') return [];
  const ends = [workload.database.server, workload.bucket.server].map((name) => `external.${name}.`);
  return [...server, ...ends, 'metrics.importPath'];
}
