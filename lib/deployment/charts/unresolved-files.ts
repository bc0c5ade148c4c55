import { imageReferences, type Workload } from '../config/schema/workloads';
import type { Model } from '../model/model';
import type { UnresolvedValue } from '../model/unresolved-value';

/**
 * The unresolved values that the file of a workload contains: those of the workload itself, and values of
 * other workloads and sections.
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

/**
 * Whether a path is that of a workload's metrics path. The metrics agent scrapes it, and Traefik denies it to
 * the public.
 */
export function isMetricsPath(path: string): boolean {
  return /^workloads\.[^.]+\.metrics\.path$/.test(path);
}

/** Whether a path is below a workload's `metrics`. The workload's own file does not contain these values. */
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
