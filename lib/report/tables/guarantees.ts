import { groupGuarantees } from '../drill';
import type { ReportSubject } from './report-subject';
import { type ReportTable, reportTable } from './report-table';

/** What the manifests guarantee, with the lines that it depends on. */
export function guaranteesTable({ drill, placeOf }: ReportSubject): ReportTable[] {
  return reportTable({
    id: 'guarantees',
    title: 'Guarantees',
    about: ['They hold for any placement by the scheduler, because of these lines.'],
    columns: ['Guaranteed', 'When', 'Because of'],
    rows: groupGuarantees(drill, placeOf).map(({ summary, failures, because, places }) => {
      const [first] = because;
      return [summary, failures.join(', '), { text: places, place: first && placeOf(first) }];
    }),
  });
}
