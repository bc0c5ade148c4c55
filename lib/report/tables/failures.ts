import { matrixFailures, outcomeCell, outcomeLegend } from '../drill-matrix';
import type { ReportSubject } from './report-subject';
import { type ReportTable, reportTable } from './report-table';

/** The effect of each failure on each workload. */
export function failuresTable({ drill, placeOf }: ReportSubject): ReportTable[] {
  if (drill.workloads.length === 0) return [];
  const failures = matrixFailures(drill);
  return reportTable({
    id: 'failures',
    title: 'Failures',
    about: [outcomeLegend],
    columns: ['When', ...drill.workloads.map(({ name }) => name)],
    rows: failures.map((failure) => [
      failure.id,
      ...drill.play(failure).map((outcome, index) => {
        const workload = drill.workloads[index];
        return {
          text: outcomeCell(outcome),
          place:
            workload === undefined ? undefined : placeOf({ object: workload.object, path: 'metadata.name' }),
        };
      }),
    ]),
    notes:
      failures.length === drill.failures.length
        ? []
        : [
            'Failures of one workload or one external service are left out. npx honeydue drill --format json lists all failures.',
          ],
  });
}
