import { groupGuarantees } from '../drill';
import type { ReportSubject } from './report-subject';
import { type ReportTable, reportTable } from './report-table';

/** The guarantees of the manifests, with the lines that they depend on. */
export function guaranteesTable({ drill, placeOf }: ReportSubject): ReportTable[] {
  return reportTable({
    id: 'guarantees',
    title: 'Guarantees',
    about: [
      'These guarantees hold wherever the scheduler places the pods. Each depends on the lines in its row.',
    ],
    columns: ['Guaranteed', 'When', 'Because of'],
    rows: groupGuarantees(drill, placeOf).map(({ summary, failures, because, places }) => {
      const [first] = because;
      return [summary, failures.join(', '), { text: places, place: first && placeOf(first) }];
    }),
  });
}
